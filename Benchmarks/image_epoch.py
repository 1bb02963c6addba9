#!/usr/bin/env python3
"""Seconds per epoch of a perceptron on CIFAR-10 by backpropagation in PyTorch.

The peer that `dfa bench epoch --preset mlp-cifar-10` is compared with. Prints one line of JSON: {"variant",
"median", "min", "max", "epochs", "trainingMedian", "testAccuracy", "threads", "torch"}; times in seconds. An
epoch is a step on every batch and the accuracy on the test images; the network and its settings are those of
the preset for BP.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

try:
    import torch
    from torch.nn import functional
except ImportError as error:
    sys.exit(f"image_epoch: {error}; install Benchmarks/requirements.txt")

VARIANTS = {
    "memory": "images in memory as bytes, a batch of them taken and normalised at a time",
    "loader": "a DataLoader over a data set that normalises each image, as torchvision's transforms do",
}
BATCH, RATE = 128, 0.064
MEANS, DEVIATIONS = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)
RECORD = 1 + 3 * 32 * 32


def read(folder, names):
    """Images [N, 3, 32, 32] of bytes and their classes."""
    parts = []
    for name in names:
        try:
            data = bytearray((folder / name).read_bytes())
        except OSError as error:
            sys.exit(f"image_epoch: {error}; run \"dfa data fetch cifar-10\"")
        parts.append(torch.frombuffer(data, dtype=torch.uint8).reshape(-1, RECORD))
    records = torch.cat(parts)
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].long()


class Normalization:
    def __init__(self):
        self.means = torch.tensor(MEANS).reshape(3, 1, 1)
        self.deviations = torch.tensor(DEVIATIONS).reshape(3, 1, 1)

    def __call__(self, images):
        return images.float().div_(255).sub_(self.means).div_(self.deviations)


class Images(torch.utils.data.Dataset):
    def __init__(self, images, classes):
        self.images, self.classes, self.normalize = images, classes, Normalization()

    def __len__(self):
        return len(self.classes)

    def __getitem__(self, index):
        return self.normalize(self.images[index]), self.classes[index]


class Training:
    def __init__(self, variant, folder):
        self.variant, self.normalize = variant, Normalization()
        self.images, self.classes = read(folder, [f"data_batch_{number}.bin" for number in range(1, 6)])
        self.test = read(folder, ["test_batch.bin"])
        self.loader = torch.utils.data.DataLoader(Images(self.images, self.classes), BATCH, shuffle=True)
        widths = [3072, 800, 800, 800]
        layers = [layer for inputs, outputs in zip(widths, widths[1:])
                  for layer in (torch.nn.Linear(inputs, outputs), torch.nn.Tanh())]
        self.network = torch.nn.Sequential(torch.nn.Flatten(), *layers, torch.nn.Linear(800, 10))
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=RATE)

    def batches(self):
        if self.variant == "loader":
            yield from self.loader
            return
        for indices in torch.randperm(len(self.classes)).split(BATCH):
            yield self.normalize(self.images[indices]), self.classes[indices]

    def train(self):
        self.network.train()
        for images, classes in self.batches():
            self.optimizer.zero_grad()
            functional.cross_entropy(self.network(images), classes).backward()
            self.optimizer.step()

    @torch.no_grad()
    def accuracy(self):
        self.network.eval()
        correct = 0
        for images, classes in zip(self.test[0].split(1000), self.test[1].split(1000)):
            correct += int((self.network(self.normalize(images)).argmax(dim=-1) == classes).sum())
        return correct / len(self.test[1])


def measure(options):
    training = Training(options.variant, options.data)
    seconds, reached = [], []
    while len(seconds) < options.epochs + options.warmup:
        start = time.perf_counter()
        training.train()
        middle = time.perf_counter()
        reached.append(training.accuracy())
        seconds.append((time.perf_counter() - start, middle - start))
    whole = [epoch for epoch, _ in seconds[options.warmup:]]
    return {
        "median": statistics.median(whole), "min": min(whole), "max": max(whole), "epochs": len(whole),
        "trainingMedian": statistics.median(step for _, step in seconds[options.warmup:]),
        "testAccuracy": reached[-1],
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="variants: " + "; ".join(f"{name}: {summary}" for name, summary in VARIANTS.items()))
    parser.add_argument("--variant", choices=VARIANTS, default="memory", help="how images become batches")
    parser.add_argument("--data", type=Path, required=True, help="the folder cifar-10-batches-bin")
    parser.add_argument("--epochs", type=int, default=2, help="measured")
    parser.add_argument("--warmup", type=int, default=1, help="epochs before them")
    parser.add_argument("--threads", type=int, default=2, help="threads of a tensor operation")
    parser.add_argument("--seed", type=int, default=0, help="of weights and order")
    options = parser.parse_args()
    if options.threads < 1 or options.epochs < 1 or options.warmup < 0:
        parser.error("--threads and --epochs must be at least 1, --warmup at least 0")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    print(json.dumps({
        "variant": options.variant, **measure(options), "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }))


if __name__ == "__main__":
    main()
