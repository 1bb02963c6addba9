#!/usr/bin/env python3
"""Seconds per training step of a network in PyTorch, the peer that `dfa bench step` is compared with.

Prints one line of JSON for each network and method: {"network", "method", "median", "min", "max", "steps", "threads",
"torch", "device", "residentBytes"}; times in seconds, the memory is the most that the process had. On a GPU there is
also "deviceBytes", the peak of its tensors. Where torch.compile fails, or bp-sparse is told a network without tables,
it is {"network", "method", "error"}. Data is random and already in memory, the GPU's where that is the device; a step
is zero_grad, forward, backward and the optimizer's update, and ends when the device has done it. Products of float32
are float32's, not TF32's.

deepfm-1m is DeepFM with its tables: 39 fields, of which field f has the rows 25,641 f to 25,641 f + 25,640 of a table
of 1,000,000 rows (the last of them is not used), each row of a field with the same probability; embeddings of 10
numbers and linear weights; batches of 2,048, blocks of 400, 400 and 400, no dropout, no decay; Adam 1e-3.
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
METHODS = {"bp": Points, "bp-sparse": Points, "bp-compile": Points, "dfa-detached": DetachedPoints}
BATCHES = 4


class NotMeasured(Exception):
    """This network cannot be trained by this method."""


def make_step(network_name, method, options):
    """A function that trains by one batch."""
    case = NETWORKS[network_name]
    if method == "bp-sparse":
        if case.sparse is None:
            raise NotMeasured("it has no tables")
        case = case.sparse
    points = METHODS[method]()
    fused = True if options.fused else None  # None: PyTorch's own choice
    with torch.device(options.device):
        network = case.network(points)
        batches = itertools.cycle([case.batch() for _ in range(BATCHES)])
    optimizer = case.optimizer(network.parameters(), fused=fused)

    def loss(inputs, target):
        return case.loss(network(*inputs), target)

    if method == "bp-compile":
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
        raise NotMeasured(f"torch.compile failed: {type(error).__name__}: {lines[0]}") from error
    return function


def wait(options):
    if options.device != "cpu":
        torch.cuda.synchronize()


def time_steps(step, options):
    """The seconds that each of the measured steps took."""
    for _ in range(options.warmup):
        step()
    wait(options)
    seconds = []
    while len(seconds) < options.minimum_steps or sum(seconds) < options.seconds:
        start = time.perf_counter()
        step()
        wait(options)
        seconds.append(time.perf_counter() - start)
    return seconds


def measure(network, method, options):
    on_gpu = options.device != "cpu"
    torch.manual_seed(options.seed)
    if on_gpu:
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    try:
        step = make_step(network, method, options)
    except NotMeasured as error:
        print(f"pytorch_step: {network}: {error}", file=sys.stderr)
        return {"error": str(error)}
    seconds = time_steps(step, options)
    memory = {"deviceBytes": torch.cuda.max_memory_allocated()} if on_gpu else {}
    return memory | {
        "median": statistics.median(seconds),
        "min": min(seconds),
        "max": max(seconds),
        "steps": len(seconds),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "device": torch.cuda.get_device_name() if on_gpu else "cpu",
        "residentBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def names(known):
    def parse(text):
        for name in text.split(","):
            if name not in known:
                raise argparse.ArgumentTypeError(f"unknown name '{name}'; known are {', '.join(known)}")
        return text.split(",")

    return parse


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--network", type=names(NETWORKS), default=["mlp-784"], metavar="A,B",
                        help=f"what is trained, in turn: {', '.join(NETWORKS)}")
    parser.add_argument("--method", type=names(METHODS), default=["bp"], metavar="A,B",
                        help="bp: eager BP; bp-sparse: eager BP with sparse gradients of tables and SparseAdam; "
                             "bp-compile: BP by torch.compile; dfa-detached: DFA as published implementations do "
                             "it")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu", help="where it is trained")
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
    for network in options.network:
        for method in options.method:
            measured = measure(network, method, options)
            print(json.dumps({"network": network, "method": method, **measured}), flush=True)


if __name__ == "__main__":
    main()
