#!/usr/bin/env python3
"""The perceptron of the 2019 paper's table 2 on CIFAR-10 by direct feedback alignment in PyTorch.

Shows whether a figure of `dfa reproduce table2-2019` is the protocol's or this package's. Prints a line of JSON
for each epoch: {"epoch", "testAccuracy", "trainAccuracy", "trainLoss", "seconds"}, of training the means over the
epoch's steps, as the paper's.
"""

import argparse
import json
import time
from pathlib import Path

from image_epoch import BATCH, Normalization, read, torch
from torch.nn import functional

ACTIVATIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "abs": torch.abs,
    "leakyReLU(0.01)": lambda x: functional.leaky_relu(x, 0.01),
    "leakyReLU(-0.5)": lambda x: functional.leaky_relu(x, -0.5),
}
WIDTH, CLASSES = 800, 10


class Perceptron:
    def __init__(self, activation, rate):
        self.activation = ACTIVATIONS[activation]
        widths = [3072, WIDTH, WIDTH, WIDTH, CLASSES]
        self.layers = torch.nn.ModuleList(map(torch.nn.Linear, widths, widths[1:]))
        self.feedback = torch.randn(CLASSES, WIDTH) / (CLASSES * WIDTH) ** 0.5
        self.optimizer = torch.optim.SGD(self.layers.parameters(), lr=rate)

    def outputs(self, x):
        """What every layer gives; each hidden layer's is cut off from the next."""
        outputs = []
        for layer in self.layers[:-1]:
            outputs.append(self.activation(layer(x)))
            x = outputs[-1].detach()
        return [*outputs, self.layers[-1](x)]

    def step(self, x, classes):
        *hidden, logits = self.outputs(x)
        loss = functional.cross_entropy(logits, classes)
        # The error of each image, not divided by the batch.
        error = torch.softmax(logits.detach(), 1) - functional.one_hot(classes, CLASSES)
        self.optimizer.zero_grad()
        torch.autograd.backward([*hidden, loss], [error @ self.feedback] * len(hidden) + [None])
        self.optimizer.step()
        return loss.item(), (logits.argmax(1) == classes).sum().item()

    @torch.no_grad()
    def correct(self, x, classes):
        return (self.outputs(x)[-1].argmax(1) == classes).sum().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--activation", choices=ACTIVATIONS, default="tanh")
    parser.add_argument("--rate", type=float, default=5e-4, help="the learning rate")
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--data", type=Path, required=True, help="the folder cifar-10-batches-bin")
    parser.add_argument("--threads", type=int, default=2, help="threads of a tensor operation")
    parser.add_argument("--seed", type=int, default=0, help="of weights, feedback and order")
    options = parser.parse_args()
    if options.threads < 1 or options.epochs < 1 or options.rate <= 0:
        parser.error("--threads and --epochs must be at least 1, --rate greater than 0")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    normalize = Normalization()
    images, classes = read(options.data, [f"data_batch_{number}.bin" for number in range(1, 6)])
    test_images, test_classes = read(options.data, ["test_batch.bin"])
    test = normalize(test_images).flatten(1)
    perceptron = Perceptron(options.activation, options.rate)
    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        # As in the published code the last images of an epoch, fewer than a batch, are left out.
        batches = [batch for batch in torch.randperm(len(classes)).split(BATCH) if len(batch) == BATCH]
        steps = [perceptron.step(normalize(images[batch]).flatten(1), classes[batch]) for batch in batches]
        print(json.dumps({
            "epoch": epoch,
            "testAccuracy": perceptron.correct(test, test_classes) / len(test_classes),
            "trainAccuracy": sum(correct for _, correct in steps) / (len(steps) * BATCH),
            "trainLoss": sum(loss for loss, _ in steps) / len(steps),
            "seconds": round(time.perf_counter() - start, 1),
        }), flush=True)


if __name__ == "__main__":
    main()
