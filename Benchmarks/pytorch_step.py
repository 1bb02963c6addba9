#!/usr/bin/env python3
"""Seconds per training step of a perceptron in PyTorch eager, the peer that `dfa bench step` is compared with.

Prints one line of JSON: {"method", "median", "min", "max", "steps", "threads", "torch"}, times in seconds.
Data is random and already in memory; a step is zero_grad, forward, backward and the optimizer's update.
"""

import argparse
import itertools
import json
import statistics
import time
import warnings

warnings.filterwarnings("ignore", message="Failed to initialize NumPy")  # which nothing here needs

import torch
from torch import nn
from torch.nn import functional


class DetachedPoint(nn.Module):
    """The end of a layer for DFA as published implementations do it: the next layer starts from a detached leaf.

    The leaf requires a gradient, so autograd computes the gradient of every layer's input, and nobody reads it.
    """

    def forward(self, x):
        self.output = x
        return x.detach().requires_grad_()


class Perceptron(nn.Module):
    """Linear layers with an activation and a point after each but the last."""

    def __init__(self, widths, activation, make_point):
        super().__init__()
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(widths[:-1]))
        self.points = nn.ModuleList(make_point() for _ in self.hidden)
        self.head = nn.Linear(*widths[-2:])
        self.activation = activation

    def forward(self, x):
        for layer, point in zip(self.hidden, self.points):
            x = point(self.activation(layer(x)))
        return self.head(x)


class Backpropagation:
    make_point = nn.Identity

    def __init__(self, model, widths):
        pass

    def backward(self, loss, logits):
        loss.backward()


class DetachedDFA:
    """Direct Feedback Alignment: one shared random projection of the output error, one backward call per point."""

    make_point = DetachedPoint

    def __init__(self, model, widths):
        self.points = model.points
        self.feedback = torch.empty(widths[-1], max(widths[1:-1])).uniform_(-1, 1)

    def backward(self, loss, logits):
        logits.retain_grad()
        loss.backward()  # the head alone: its input is a leaf
        projection = logits.grad @ self.feedback
        for point in self.points:
            width = point.output.shape[1]
            point.output.backward(projection[:, :width] / width**0.5)


METHODS = {"bp": Backpropagation, "dfa-detached": DetachedDFA}
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "gelu": functional.gelu}


def make_optimizer(options, parameters):
    fused = True if options.fused else None  # None: PyTorch's own choice
    if options.optimizer == "adam":
        return torch.optim.Adam(parameters, lr=0.001, fused=fused)
    return torch.optim.SGD(parameters, lr=0.15, fused=fused)


def time_steps(options):
    """The seconds that each of the measured steps took."""
    torch.manual_seed(options.seed)
    method = METHODS[options.method]
    model = Perceptron(options.widths, ACTIVATIONS[options.activation], method.make_point)
    training = method(model, options.widths)
    optimizer = make_optimizer(options, model.parameters())
    batches = [
        (torch.rand(options.batch, options.widths[0]), torch.randint(options.widths[-1], (options.batch,)))
        for _ in range(16)
    ]
    seconds = []
    for x, target in itertools.islice(itertools.cycle(batches), options.warmup + options.steps):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        logits = model(x)
        training.backward(functional.cross_entropy(logits, target), logits)
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    return seconds[options.warmup :]


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--method", choices=METHODS, default="bp", help="training method")
    parser.add_argument("--widths", default="784,800,800,800,10", help="input, hidden layers, classes",
                        type=lambda text: [int(width) for width in text.split(",")])
    parser.add_argument("--activation", choices=ACTIVATIONS, default="tanh", help="after each hidden layer")
    parser.add_argument("--batch", type=int, default=128, help="samples per step")
    parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd",
                        help="sgd: rate 0.15, no momentum; adam: rate 0.001")
    parser.add_argument("--fused", action="store_true", help="the optimizer's fused form")
    parser.add_argument("--steps", type=int, default=100, help="steps measured")
    parser.add_argument("--warmup", type=int, default=20, help="steps before them")
    parser.add_argument("--threads", type=int, default=2, help="threads of a tensor operation")
    parser.add_argument("--seed", type=int, default=0, help="of weights, feedback and data")
    options = parser.parse_args()
    if len(options.widths) < 3:
        parser.error("--widths needs an input, at least one hidden layer, and classes")
    if options.steps < 1 or options.warmup < 0:
        parser.error("--steps must be at least 1, --warmup at least 0")
    return options


def main():
    options = parse_options()
    torch.set_num_threads(options.threads)
    seconds = time_steps(options)
    print(json.dumps({
        "method": options.method,
        "median": statistics.median(seconds),
        "min": min(seconds),
        "max": max(seconds),
        "steps": options.steps,
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }))


if __name__ == "__main__":
    main()
