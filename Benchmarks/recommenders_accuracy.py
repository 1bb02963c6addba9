#!/usr/bin/env python3
"""Trains click-through-rate models in PyTorch by BARS's recipes, the peer that the presets `*-bars` are held to.

Reads what `dfa data prepare` wrote, so that both programs learn from the same rows. Prints one line of JSON for each
run: {"model", "dataset", "seed", "auc", "logLoss", "validationAUC", "epochs", "seconds", ...}; "auc" and "logLoss" are
the test rows'. With --output the lines are kept in a file, and what it holds is not run again.

The recipes, from the logs of BARS (Frappe_x1 for frappe-log, MovielensLatest_x1 for movielens-100k) and FuxiCTR 1.1,
with which they were made:

  all        fields are categories, embeddings of 10 numbers drawn from N(0, 1e-4), as are FM's and DeepFM's linear
             weights; linear layers Xavier normal, biases 0; Adam 1e-3 (.9, .999, 1e-8); batches of 4096, shuffled for
             each epoch, the last one smaller; float32
  loss       mean cross-entropy + lambda / 2 times the squares of all of the table and of the linear weights, in every
             step, rows that are not in the batch included; FM's lambda is on its bias too; no other decay
  gradient   the norm over all parameters is cut to 10, lambda's part included
  plateau    after each epoch whose validation AUC is below best + 1e-6: rate times .1, 1e-6 at least; two such epochs
             one after the other end it, as do 100 epochs; the best model is tested
  tower      3 blocks of 400: linear, batch normalisation, ReLU, dropout
  AFN        no linear weights, no second network, no batch normalisation in the tower; |x| at least 1e-5; batch
             normalisation of the logarithms for each field and of the products for each neuron, over samples and
             dimensions

             FM            DeepFM            DCN                          AFN
  frappe     lambda 5e-6   .05, dropout .2   .05, dropout .2, 3 crosses   .001, 1000 neurons, 400, dropout .4
  movielens  lambda 5e-6   .01, dropout .3   .01, dropout .2, 4 crosses   .001, 800 neurons, 200, dropout .4

afn-100 is AFN with 100 neurons and is not BARS's: a step of 1000 neurons takes 98 GFLOP.
"""

import copy
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

from alternation import Failure, Parser, command, names, positive, processor, progress
from pytorch import clicks, prepared

RATE, LEAST_RATE, DECAY = 1e-3, 1e-6, 0.1
BATCH, LARGEST_NORM, PATIENCE, LEAST_RISE = 4096, 10, 2, 1e-6


@dataclass(frozen=True)
class Recipe:
    network: Callable[[int, int], clicks.ClickModel]
    """Makes it from the rows of the table and the number of fields."""
    penalty: float
    """lambda"""


def recipes(fm: float, penalty: float, deepfm: float, crosses: int, neurons: int, hidden: int) -> dict[str, Recipe]:
    def factorization(neurons: int) -> Recipe:
        network = partial(clicks.AdaptiveFactorization, neurons=neurons, hidden=(hidden,), dropout=0.4)
        return Recipe(network, 1e-3)

    return {
        "fm": Recipe(clicks.FactorizationMachine, fm),
        "deepfm": Recipe(partial(clicks.DeepFM, dropout=deepfm), penalty),
        "dcn": Recipe(partial(clicks.DeepAndCross, crosses=crosses, dropout=0.2), penalty),
        "afn": factorization(neurons),
        "afn-100": factorization(100),
    }


RECIPES = {
    "frappe-log": recipes(fm=5e-6, penalty=0.05, deepfm=0.2, crosses=3, neurons=1000, hidden=400),
    "movielens-100k": recipes(fm=5e-6, penalty=0.01, deepfm=0.3, crosses=4, neurons=800, hidden=200),
}
MODELS = list(RECIPES["frappe-log"])
DEFAULT_MODELS = MODELS[:-1]


# Measures


def area_under_curve(scores: Tensor, labels: Tensor) -> float:
    """The share of pairs of a positive and a negative sample that are in order; ties count half."""
    _, places, counts = numpy.unique(scores.numpy(), return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[places]
    positive_labels = labels.numpy() > 0
    positives = int(positive_labels.sum())
    negatives = len(positive_labels) - positives
    return float((ranks[positive_labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


@torch.no_grad()
def evaluate(network: nn.Module, rows: Tensor, labels: Tensor) -> tuple[float, float]:
    """AUC and log loss."""
    network.eval()
    logits = torch.cat([network(batch) for batch in rows.split(BATCH)])
    network.train()
    loss = functional.binary_cross_entropy_with_logits(logits.double(), labels.double())
    return area_under_curve(logits, labels), float(loss)


# Training


def batches(rows: Tensor, labels: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    for chosen in torch.randperm(len(rows)).split(BATCH):
        yield rows[chosen], labels[chosen]


def train(recipe: Recipe, data: prepared.Prepared, epochs: int) -> dict[str, float | int]:
    network = recipe.network(data.table_rows, data.fields)
    parameters = list(network.parameters())
    decayed = parameters if isinstance(network, clicks.FactorizationMachine) else network.tables()
    optimizer = torch.optim.Adam(parameters, lr=RATE)
    best, best_epoch, best_state, waited = 0.0, 0, None, 0
    start = time.perf_counter()
    for epoch in range(1, epochs + 1):
        for rows, labels in batches(*data.parts["training"]):
            loss = functional.binary_cross_entropy_with_logits(network(rows), labels)
            loss = loss + recipe.penalty / 2 * sum(parameter.square().sum() for parameter in decayed)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, LARGEST_NORM)
            optimizer.step()
        area, _ = evaluate(network, *data.parts["validation"])
        if area >= best + LEAST_RISE:
            best, best_epoch, waited = area, epoch, 0
            best_state = copy.deepcopy(network.state_dict())
        else:
            waited += 1
            for group in optimizer.param_groups:
                group["lr"] = max(group["lr"] * DECAY, LEAST_RATE)
        progress(f"epoch {epoch}: validation AUC {area:.6f}, {time.perf_counter() - start:.0f} s")
        if waited == PATIENCE:
            break
    network.load_state_dict(best_state)
    area, loss = evaluate(network, *data.parts["test"])
    return {
        "auc": area, "logLoss": loss, "validationAUC": best, "epochs": epoch, "bestEpoch": best_epoch,
        "parameters": sum(parameter.numel() for parameter in parameters),
        "seconds": round(time.perf_counter() - start, 1),
    }


# The command


class Output:
    """Lines of finished runs after one of settings, in a file if there is one."""

    def __init__(self, file: Path | None, settings: dict[str, str]):
        self.file = file
        self.lines: list[dict] = []
        if file and file.exists():
            first, *self.lines = (json.loads(line) for line in file.read_text().splitlines())
            if first != settings:
                raise Failure(f"{file} is of other settings: {first}, not {settings}")
        else:
            self.write(settings)

    def write(self, line: dict) -> None:
        text = json.dumps(line)
        print(text, flush=True)
        if self.file:
            with self.file.open("a") as stream:
                stream.write(text + "\n")

    def holds(self, key: dict) -> bool:
        return any(key.items() <= line.items() for line in self.lines)


def parse_options():
    parser = Parser(prog="Benchmarks/recommenders_accuracy.py", description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="of prepared rows")
    parser.add_argument("--models", type=names(MODELS), default=DEFAULT_MODELS, metavar="A,B",
                        help=f"what is trained: {', '.join(MODELS)} (default: all but the last)")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0],
                        metavar="A,B", help="of weights, order and dropout; all models for each in turn (default: 0)")
    parser.add_argument("--epochs", type=positive(int), default=100, metavar="N", help="at most (default: 100)")
    parser.add_argument("--threads", type=positive(int), default=os.environ.get("OMP_NUM_THREADS", "2"),
                        metavar="N", help="threads of a tensor operation (default: 2)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="keep lines here, and skip what is there")
    return parser.parse_args()


def main():
    options = parse_options()
    torch.set_num_threads(options.threads)
    try:
        sets = [prepared.read(folder) for folder in options.folders]
    except prepared.NotPrepared as error:
        raise Failure(str(error)) from error
    for data in sets:
        if data.name not in RECIPES:
            raise Failure(f"there is no recipe for {data.name}; known are {', '.join(RECIPES)}")
    output = Output(options.output, {
        "processor": processor(), "torch": torch.__version__, "python": sys.version.split()[0]})
    for seed in options.seeds:
        for model in options.models:
            for data in sets:
                key = {"model": model, "dataset": data.name, "seed": seed, "digest": data.digest[:12]}
                if output.holds(key):
                    continue
                progress(f"{model} on {data.name}, seed {seed}")
                torch.manual_seed(seed)
                output.write(key | train(RECIPES[data.name][model], data, options.epochs)
                             | {"threads": options.threads})


if __name__ == "__main__":
    command(main)
