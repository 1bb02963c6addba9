"""A Transformer language model: an encoder under a causal mask and a projection to the vocabulary."""

import math
from functools import partial

import torch
from torch import nn
from torch.nn import functional

from .case import Case

TOKENS, WIDTH, HEADS, INNER_WIDTH, DEPTH = 32_000, 512, 8, 2048, 6
BATCH, LENGTH = 8, 128


class Layer(nn.Module):
    """Attention and a perceptron, each with its input added and normalised after.

    There is a point at the end (macro), or also after the first normalisation and in the perceptron (micro).
    """

    def __init__(self, points, micro):
        super().__init__()
        self.points = points
        self.micro = micro
        self.projection = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH)
        self.linear1 = nn.Linear(WIDTH, INNER_WIDTH)
        self.linear2 = nn.Linear(INNER_WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH)

    def forward(self, x):
        x = self.inner_end(self.norm1(x + self.attention(x)))
        hidden = self.inner_end(torch.relu(self.linear1(x)))
        return self.points.layer_end(self.norm2(x + self.linear2(hidden)))

    def attention(self, x):
        heads = self.projection(x).unflatten(-1, (3, HEADS, WIDTH // HEADS))
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        return self.attended(y.transpose(1, 2).flatten(2))

    def inner_end(self, x):
        return self.points.layer_end(x) if self.micro else x


class LanguageModel(nn.Module):
    """The error is read below the decoder, which has its true gradient; the embedding has layer 1's."""

    def __init__(self, points, micro):
        super().__init__()
        self.points = points
        self.embedding = nn.Embedding(TOKENS, WIDTH)
        self.layers = nn.ModuleList(Layer(points, micro) for _ in range(DEPTH))
        self.decoder = nn.Linear(WIDTH, TOKENS)
        nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        nn.init.uniform_(self.decoder.weight, -0.1, 0.1)
        nn.init.zeros_(self.decoder.bias)
        frequencies = torch.exp(torch.arange(0, WIDTH, 2) * (-math.log(10_000) / WIDTH))
        angles = torch.arange(LENGTH).outer(frequencies)
        self.register_buffer("positions", torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1))

    def forward(self, tokens):
        x = self.embedding(tokens) * math.sqrt(WIDTH) + self.positions
        for layer in self.layers:
            x = layer(x)
        return self.decoder(self.points.error(x))


def case(micro):
    return Case(
        network=partial(LanguageModel, micro=micro),
        batch=lambda: ((torch.randint(TOKENS, (BATCH, LENGTH)),), torch.randint(TOKENS, (BATCH, LENGTH))),
        loss=lambda logits, target: functional.cross_entropy(logits.flatten(0, 1), target.flatten()),
        optimizer=partial(torch.optim.Adam, lr=1e-4),
    )


CASES = {"transformer-micro": case(micro=True), "transformer-macro": case(micro=False)}
