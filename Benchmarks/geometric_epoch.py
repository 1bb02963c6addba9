#!/usr/bin/env python3
"""Seconds per epoch of a graph convolutional network on Cora in PyTorch Geometric.

The peer that `dfa bench epoch --preset gcn-cora-published` is compared with. Prints one line of JSON: {"variant",
"median", "min", "max", "epochs", "trainingMedian", "testAccuracy", "threads", "torch", "geometric"}; times in
seconds. An epoch is a training step on the whole graph and the accuracies of the three splits from one forward
pass, as in the library's examples; the network and its settings are those of the preset.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", message="Sparse ")  # compressed rows are called beta

try:
    import torch
    import torch_geometric
    from torch.nn import functional
    from torch_geometric.datasets import Planetoid
    from torch_geometric.nn import GCNConv
    from torch_geometric.transforms import Compose, NormalizeFeatures, ToSparseTensor
except ImportError as error:
    sys.exit(f"geometric_epoch: {error}; install Benchmarks/requirements-geometric.txt")

FILES = ["x", "tx", "allx", "y", "ty", "ally", "graph", "test.index"]
VARIANTS = {
    "dense": "dense features, a list of edges: what the library's examples do",
    "sparse": "sparse features, a list of edges",
    "adjacency": "sparse features, the adjacency as compressed rows",
}
HIDDEN, DROPOUT = 16, 0.5


class SparseLinear(torch.nn.Module):
    """A layer without bias on sparse rows, which the library's own does not take."""

    def __init__(self, weight):
        super().__init__()
        self.weight = weight

    def forward(self, x):
        return torch.sparse.mm(x, self.weight.t())


class Network(torch.nn.Module):
    def __init__(self, features, classes, has_sparse_features):
        super().__init__()
        self.conv1 = GCNConv(features, HIDDEN, cached=True)
        self.conv2 = GCNConv(HIDDEN, classes, cached=True)
        if has_sparse_features:
            self.conv1.lin = SparseLinear(self.conv1.lin.weight)

    def forward(self, x, edges):
        x = functional.dropout(self.conv1(x, edges).relu(), DROPOUT, training=self.training)
        return self.conv2(x, edges)


def read_cora(folder, transform):
    """The data set from files that are here: nothing is downloaded."""
    missing = [name for name in FILES if not (folder / f"ind.cora.{name}").is_file()]
    if missing:
        sys.exit(f"geometric_epoch: {folder} has no ind.cora.{missing[0]}; run \"dfa data fetch cora\"")
    with tempfile.TemporaryDirectory() as root:
        raw = Path(root, "Cora", "raw")
        raw.mkdir(parents=True)
        for name in FILES:
            (raw / f"ind.cora.{name}").symlink_to((folder / f"ind.cora.{name}").resolve())
        # It says on standard error, which nobody reads, that it processes.
        return Planetoid(root, "Cora", transform=transform)[0]


class Training:
    def __init__(self, variant, folder):
        transforms = [NormalizeFeatures()]
        if variant == "adjacency":
            transforms.append(ToSparseTensor(layout=torch.sparse_csr))
        self.data = data = read_cora(folder, Compose(transforms))
        self.edges = data.adj_t if variant == "adjacency" else data.edge_index
        self.x = data.x if variant == "dense" else data.x.to_sparse()
        self.network = network = Network(data.num_features, int(data.y.max()) + 1, variant != "dense")
        self.optimizer = torch.optim.Adam([
            {"params": network.conv1.parameters(), "weight_decay": 5e-4},
            {"params": network.conv2.parameters(), "weight_decay": 0},
        ], lr=0.01)

    def train(self):
        self.network.train()
        self.optimizer.zero_grad()
        logits = self.network(self.x, self.edges)
        mask = self.data.train_mask
        functional.cross_entropy(logits[mask], self.data.y[mask]).backward()
        self.optimizer.step()

    @torch.no_grad()
    def accuracies(self):
        self.network.eval()
        predicted = self.network(self.x, self.edges).argmax(dim=-1)
        masks = [self.data.train_mask, self.data.val_mask, self.data.test_mask]
        return [int((predicted[mask] == self.data.y[mask]).sum()) / int(mask.sum()) for mask in masks]


def measure(options):
    training = Training(options.variant, options.data)
    seconds = []
    reached = []
    begun = time.perf_counter()
    while len(seconds) < options.epochs + options.warmup or time.perf_counter() - begun < options.seconds:
        start = time.perf_counter()
        training.train()
        middle = time.perf_counter()
        reached.append(training.accuracies())
        seconds.append((time.perf_counter() - start, middle - start))
    # What the network learned in as many epochs as the preset has says that it is the same network.
    best = max(reached[: options.epochs], key=lambda accuracies: accuracies[1])
    counted = seconds[options.warmup:]
    whole = [epoch for epoch, _ in counted]
    return {
        "median": statistics.median(whole), "min": min(whole), "max": max(whole), "epochs": len(counted),
        "trainingMedian": statistics.median(step for _, step in counted),
        "testAccuracy": best[2],
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="variants: " + "; ".join(f"{name}: {summary}" for name, summary in VARIANTS.items()))
    parser.add_argument("--variant", choices=VARIANTS, default="dense", help="how the library is used")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the files ind.cora.*")
    parser.add_argument("--seconds", type=float, default=6, help="of epochs at least")
    parser.add_argument("--epochs", type=int, default=250, help="measured at least")
    parser.add_argument("--warmup", type=int, default=20, help="epochs before them")
    parser.add_argument("--threads", type=int, default=2, help="threads of a tensor operation")
    parser.add_argument("--seed", type=int, default=0, help="of weights and dropout")
    options = parser.parse_args()
    if options.threads < 1 or options.epochs < 1 or options.warmup < 0 or not options.seconds >= 0:
        parser.error("--threads and --epochs must be at least 1, --warmup and --seconds at least 0")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    print(json.dumps({
        "variant": options.variant, **measure(options), "threads": torch.get_num_threads(),
        "torch": torch.__version__, "geometric": torch_geometric.__version__,
    }))


if __name__ == "__main__":
    main()
