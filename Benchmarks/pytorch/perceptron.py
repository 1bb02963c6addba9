"""Perceptrons: linear layers with tanh and a point after each but the last."""

import itertools
from functools import partial

import torch
from torch import nn
from torch.nn import functional

from .case import Case


class Perceptron(nn.Module):
    def __init__(self, points, widths):
        super().__init__()
        self.points = points
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(widths[:-1]))
        self.head = nn.Linear(*widths[-2:])

    def forward(self, x):
        for layer in self.hidden:
            x = self.points.layer_end(torch.tanh(layer(x)))
        return self.points.error(self.head(x))


def case(*widths, batch):
    return Case(
        network=partial(Perceptron, widths=widths),
        batch=lambda: ((torch.rand(batch, widths[0]),), torch.randint(widths[-1], (batch,))),
        loss=functional.cross_entropy,
        optimizer=partial(torch.optim.SGD, lr=0.15),
    )


CASES = {
    "mlp-784": case(784, 800, 800, 800, 10, batch=128),
    "mlp-3072": case(3072, 800, 800, 800, 10, batch=128),
    "mlp-1024x12": case(1024, *[1024] * 12, 10, batch=256),
}
