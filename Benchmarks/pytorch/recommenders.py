"""Recommender networks of one logit: the dense parts, which take embeddings as plain numbers, and a whole one."""

import itertools
from functools import partial

import torch
from torch import nn
from torch.nn import functional

from . import clicks
from .case import Case

ROWS = 2048
FIELDS = 39  # of a sample of Criteo
FIELD_ROWS, TABLE_ROWS = 25_641, 1_000_000  # each field has as many rows of the table, which has one more than all


def block(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs), nn.ReLU())


class DeepFM(nn.Module):
    """The perceptron of DeepFM, with a point after each block."""

    def __init__(self, points, widths):
        super().__init__()
        self.points = points
        self.blocks = nn.ModuleList(block(a, b) for a, b in itertools.pairwise(widths))
        self.head = nn.Linear(widths[-1], 1)

    def forward(self, x):
        for layer in self.blocks:
            x = self.points.layer_end(layer(x))
        return self.points.error(self.head(x))


class CrossLayer(nn.Module):
    """The first input times one number per sample, a bias, and the layer's own input."""

    def __init__(self, width):
        super().__init__()
        self.weight = nn.Linear(width, 1, bias=False)
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, first, x):
        return first * self.weight(x) + self.bias + x


class DeepAndCross(nn.Module):
    """Cross layers beside blocks; a point after each but the last cross layer, and after both together."""

    def __init__(self, points, crosses, widths):
        super().__init__()
        self.points = points
        self.crosses = nn.ModuleList(CrossLayer(widths[0]) for _ in range(crosses))
        self.blocks = nn.ModuleList(block(a, b) for a, b in itertools.pairwise(widths))
        self.head = nn.Linear(widths[0] + widths[-1], 1)

    def forward(self, x):
        *lower, top = self.crosses
        cross = deep = x
        for layer in lower:
            cross = self.points.layer_end(layer(x, cross))
        for layer in self.blocks:
            deep = self.points.layer_end(layer(deep))
        both = self.points.layer_end(torch.cat([top(x, cross), deep], dim=-1))
        return self.points.error(self.head(both))


def case(network, width, rate):
    return Case(
        network=network,
        batch=lambda: ((torch.randn(ROWS, width),), torch.randint(2, (ROWS, 1)).float()),
        loss=functional.binary_cross_entropy_with_logits,
        optimizer=partial(torch.optim.Adam, lr=rate),
    )


class TableAdam:
    """SparseAdam for tables, Adam for the rest: how PyTorch trains with sparse gradients."""

    def __init__(self, parameters, lr, fused):
        tables, rest = [], []
        for parameter in parameters:
            (tables if len(parameter) == TABLE_ROWS else rest).append(parameter)
        self.optimizers = [torch.optim.SparseAdam(tables, lr=lr), torch.optim.Adam(rest, lr=lr, fused=fused)]

    def zero_grad(self, set_to_none=True):
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none)

    def step(self):
        for optimizer in self.optimizers:
            optimizer.step()


def random_rows():
    """Rows of the table, each of its field with the same probability."""
    firsts = torch.arange(FIELDS) * FIELD_ROWS
    return (torch.randint(FIELD_ROWS, (ROWS, FIELDS)) + firsts,), torch.randint(2, (ROWS,)).float()


def whole(optimizer, is_sparse, sparse=None):
    return Case(
        network=lambda points: clicks.DeepFM(TABLE_ROWS, FIELDS, sparse=is_sparse, points=points),
        batch=random_rows,
        loss=functional.binary_cross_entropy_with_logits,
        optimizer=partial(optimizer, lr=1e-3),
        sparse=sparse,
    )


CASES = {
    "deepfm": case(partial(DeepFM, widths=(FIELDS * 10, 400, 400, 400)), width=FIELDS * 10, rate=3e-4),
    "deep-cross": case(
        partial(DeepAndCross, crosses=6, widths=(FIELDS * 16, 1024, 1024)), width=FIELDS * 16, rate=2e-4),
    "deepfm-1m": whole(torch.optim.Adam, False, sparse=whole(TableAdam, True)),
}
