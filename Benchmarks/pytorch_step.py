#!/usr/bin/env python3
"""Seconds per training step of a network in PyTorch, the peer that `dfa bench step` is compared with.

Prints one line of JSON: {"network", "method", "median", "min", "max", "steps", "threads", "torch",
"residentBytes"}; times in seconds, the memory is the most that the process had. Where torch.compile fails it
is {"network", "method", "error"}. Data is random and already in memory; a step is zero_grad, forward,
backward and the optimizer's update.
"""

import argparse
import itertools
import json
import resource
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore", message="Failed to initialize NumPy")  # which nothing here needs
warnings.filterwarnings("ignore", message="Sparse ")  # compressed rows are called beta

import torch

from pytorch import graph, perceptron, radiance, recommenders, transformer
from pytorch.points import DetachedPoints, Points

NETWORKS = perceptron.CASES | radiance.CASES | transformer.CASES | recommenders.CASES | graph.CASES
METHODS = {"bp": Points, "bp-compile": Points, "dfa-detached": DetachedPoints}
BATCHES = 4


class CompilationFailed(Exception):
    pass


def make_step(options):
    """A function that trains by one batch."""
    case = NETWORKS[options.network]
    points = METHODS[options.method]()
    network = case.network(points)
    fused = True if options.fused else None  # None: PyTorch's own choice
    optimizer = case.optimizer(network.parameters(), fused=fused)
    batches = itertools.cycle([case.batch() for _ in range(BATCHES)])

    def loss(inputs, target):
        return case.loss(network(*inputs), target)

    if options.method == "bp-compile":
        loss = compiled(loss, *next(batches))

    def step():
        inputs, target = next(batches)
        optimizer.zero_grad(set_to_none=True)
        points.backward(loss(inputs, target))
        optimizer.step()

    return step


def compiled(loss, inputs, target):
    """The loss through torch.compile, which has compiled the forward and the backward pass by then."""
    function = torch.compile(loss)
    try:
        function(inputs, target).backward()
    except Exception as error:  # of many types: tracing, code generation, no C++ compiler
        lines = str(error).strip().splitlines() or [""]
        raise CompilationFailed(f"torch.compile failed: {type(error).__name__}: {lines[0]}") from error
    return function


def time_steps(step, options):
    """The seconds that each of the measured steps took."""
    for _ in range(options.warmup):
        step()
    seconds = []
    while len(seconds) < options.minimum_steps or sum(seconds) < options.seconds:
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return seconds


def measure(options):
    try:
        step = make_step(options)
    except CompilationFailed as error:
        print(f"pytorch_step: {options.network}: {error}", file=sys.stderr)
        return {"error": str(error)}
    seconds = time_steps(step, options)
    return {
        "median": statistics.median(seconds),
        "min": min(seconds),
        "max": max(seconds),
        "steps": len(seconds),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "residentBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--network", choices=NETWORKS, default="mlp-784", help="what is trained")
    parser.add_argument("--method", choices=METHODS, default="bp",
                        help="eager BP, BP by torch.compile, or DFA as published implementations do it")
    parser.add_argument("--fused", action="store_true", help="the optimizer's fused form")
    parser.add_argument("--seconds", type=float, default=6, help="of measured steps")
    parser.add_argument("--minimum-steps", type=int, default=5, help="measured, however long they take")
    parser.add_argument("--warmup", type=int, default=3, help="steps before them")
    parser.add_argument("--threads", type=int, default=2, help="threads of a tensor operation")
    parser.add_argument("--seed", type=int, default=0, help="of weights, feedback and data")
    options = parser.parse_args()
    if options.threads < 1 or options.minimum_steps < 1 or options.warmup < 0 or not options.seconds >= 0:
        parser.error("--threads and --minimum-steps must be at least 1, --warmup and --seconds at least 0")
    return options


def main():
    options = parse_options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    print(json.dumps({"network": options.network, "method": options.method, **measure(options)}))


if __name__ == "__main__":
    main()
