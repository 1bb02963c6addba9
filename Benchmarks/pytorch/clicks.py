"""Click-through-rate models as FuxiCTR has them: rows of one table of all fields to one logit.

Written from the papers and from what BARS logs, as an independent peer of the Swift models. `points` are where
layers end, as in the other networks here; training by backpropagation passes none.
"""

import itertools

import torch
from torch import Tensor, nn

from .points import Points

EMBEDDING_DEVIATION = 1e-4
SMALLEST = 1e-5  # AFN's absolute values are at least this before the logarithm


def table(rows: int, width: int, sparse: bool = False) -> nn.Embedding:
    embedding = nn.Embedding(rows, width, sparse=sparse)
    nn.init.normal_(embedding.weight, std=EMBEDDING_DEVIATION)
    return embedding


def linear(inputs: int, outputs: int, bias: bool = True) -> nn.Linear:
    layer = nn.Linear(inputs, outputs, bias=bias)
    nn.init.xavier_normal_(layer.weight)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer


def tower(widths: list[int], dropout: float, has_normalization: bool) -> nn.ModuleList:
    """Blocks of a perceptron: linear, batch normalisation, ReLU, dropout."""
    return nn.ModuleList(
        nn.Sequential(
            linear(a, b), *([nn.BatchNorm1d(b)] if has_normalization else []), nn.ReLU(),
            *([nn.Dropout(dropout)] if dropout else []))
        for a, b in itertools.pairwise(widths))


def pair_sum(embedded: Tensor) -> Tensor:
    """The sum of the inner products of all pairs of fields."""
    return (embedded.sum(dim=1).square() - embedded.square().sum(dim=1)).sum(dim=1) / 2


class ClickModel(nn.Module):
    """What all have: a table of embeddings, and for some a table of weights."""

    def __init__(self, rows: int, width: int, is_linear: bool, sparse: bool = False, points: Points | None = None):
        super().__init__()
        self.points = points or Points()
        self.embedding = table(rows, width, sparse)
        self.weight = table(rows, 1, sparse) if is_linear else None

    def tables(self) -> list[nn.Parameter]:
        return [self.embedding.weight] + ([self.weight.weight] if self.weight is not None else [])

    def factorization(self, rows: Tensor, embedded: Tensor) -> Tensor:
        return self.weight(rows).sum(dim=(1, 2)) + pair_sum(embedded)

    def climb(self, blocks: nn.ModuleList, x: Tensor) -> Tensor:
        for block in blocks:
            x = self.points.layer_end(block(x))
        return x


class FactorizationMachine(ClickModel):
    def __init__(self, rows: int, fields: int, width: int = 10):
        super().__init__(rows, width, is_linear=True)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, rows: Tensor) -> Tensor:
        return self.factorization(rows, self.embedding(rows)) + self.bias


class DeepFM(ClickModel):
    def __init__(
        self, rows: int, fields: int, width: int = 10, hidden: tuple[int, ...] = (400, 400, 400), dropout: float = 0,
        sparse: bool = False, points: Points | None = None,
    ):
        super().__init__(rows, width, is_linear=True, sparse=sparse, points=points)
        self.blocks = tower([fields * width, *hidden], dropout, has_normalization=True)
        self.head = linear(hidden[-1], 1)

    def forward(self, rows: Tensor) -> Tensor:
        embedded = self.embedding(rows)
        shared = self.points.branch(embedded).flatten(1)
        deep = self.points.error(self.head(self.climb(self.blocks, shared)))
        return self.factorization(rows, embedded) + deep.squeeze(1)


class CrossLayer(nn.Module):
    """Adds the first input times one number for each sample, and a bias."""

    def __init__(self, width: int):
        super().__init__()
        self.weight = linear(width, 1, bias=False)
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, first: Tensor, x: Tensor) -> Tensor:
        return x + first * self.weight(x) + self.bias


class DeepAndCross(ClickModel):
    def __init__(
        self, rows: int, fields: int, width: int = 10, crosses: int = 3, hidden: tuple[int, ...] = (400, 400, 400),
        dropout: float = 0,
    ):
        super().__init__(rows, width, is_linear=False)
        self.crosses = nn.ModuleList(CrossLayer(fields * width) for _ in range(crosses))
        self.blocks = tower([fields * width, *hidden], dropout, has_normalization=True)
        self.head = linear(fields * width + hidden[-1], 1)

    def forward(self, rows: Tensor) -> Tensor:
        first = cross = self.embedding(rows).flatten(1)
        for layer in self.crosses:
            cross = layer(first, cross)
        return self.head(torch.cat([cross, self.climb(self.blocks, first)], dim=1)).squeeze(1)


class AdaptiveFactorization(ClickModel):
    """AFN without the second network that AFN+ has: products of powers of fields, learned as sums of logarithms.

    Its tower sees all products of the first dimension, then those of the second; FuxiCTR's sees all dimensions of the
    first product first, which takes longer and differs by the order of a layer's columns.
    """

    def __init__(
        self, rows: int, fields: int, width: int = 10, neurons: int = 1000, hidden: tuple[int, ...] = (400,),
        dropout: float = 0,
    ):
        super().__init__(rows, width, is_linear=False)
        self.log_normalization = nn.BatchNorm1d(fields)
        self.powers = linear(fields, neurons, bias=False)
        self.product_normalization = nn.BatchNorm1d(neurons)
        self.blocks = tower([neurons * width, *hidden], dropout, has_normalization=False)
        self.head = linear(hidden[-1], 1)

    def forward(self, rows: Tensor) -> Tensor:
        embedded = self.embedding(rows).transpose(1, 2).flatten(0, 1)  # a row for each sample and dimension
        logarithms = self.log_normalization(embedded.abs().clamp(min=SMALLEST).log())
        products = self.product_normalization(self.powers(logarithms).exp())
        return self.head(self.climb(self.blocks, products.reshape(len(rows), -1))).squeeze(1)
