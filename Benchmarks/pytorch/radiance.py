"""Neural radiance fields: colour and density of encoded points and directions."""

from functools import partial

import torch
from torch import nn
from torch.nn import functional

from .case import Case

POINT_WIDTH, DIRECTION_WIDTH = 63, 27  # of the input and its sines and cosines at 10 and 4 frequencies


class RadianceField(nn.Module):
    """A trunk of layers, then density from the trunk and colour from a feature and the direction; ReLU."""

    def __init__(self, points, depth, width, colour_width, skip=None):
        super().__init__()
        self.points = points
        self.skip = skip  # the layer, counted from 0, that sees the input once more
        inputs = [POINT_WIDTH] + [width + POINT_WIDTH * (layer == skip) for layer in range(1, depth)]
        self.trunk = nn.ModuleList(nn.Linear(count, width) for count in inputs)
        self.density = nn.Linear(width, 1)
        self.feature = nn.Linear(width, width)
        self.direction = nn.Linear(width + DIRECTION_WIDTH, colour_width)
        self.colour = nn.Linear(colour_width, 3)

    def forward(self, position, direction):
        x = position
        for index, layer in enumerate(self.trunk):
            if index == self.skip:
                x = torch.cat([x, position], dim=-1)
            x = self.points.layer_end(torch.relu(layer(x)))
        feature = self.points.layer_end(torch.relu(self.feature(x)))
        seen = self.points.layer_end(torch.relu(self.direction(torch.cat([feature, direction], dim=-1))))
        return self.points.error(torch.cat([self.colour(seen), self.density(x)], dim=-1))


def case(**shape):
    rows = 16_384

    def batch():
        return (torch.rand(rows, POINT_WIDTH), torch.rand(rows, DIRECTION_WIDTH)), torch.rand(rows, 4)

    return Case(
        network=partial(RadianceField, **shape),
        batch=batch,
        loss=functional.mse_loss,
        optimizer=partial(torch.optim.Adam, lr=5e-4),
    )


CASES = {
    "nerf-8x256": case(depth=8, width=256, colour_width=128, skip=4),
    "nerf-4x128": case(depth=4, width=128, colour_width=64),
}
