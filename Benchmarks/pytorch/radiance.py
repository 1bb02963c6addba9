"""Neural radiance fields: on points, and on rays with sampling and volume rendering."""

from functools import partial

import torch
from torch import nn
from torch.nn import functional

from .case import Case

NEAR, FAR, COARSE, FINE = 2.0, 6.0, 64, 128


def encode(x, octaves):
    """x beside its sines and cosines at doubling frequencies."""
    waves = [wave(x * 2.0**octave) for octave in range(octaves) for wave in (torch.sin, torch.cos)]
    return torch.cat([x] + waves, dim=-1)


class RadianceField(nn.Module):
    """A trunk of layers, then density from the trunk and colour from a feature and the direction; ReLU."""

    def __init__(self, points, depth, width, skip=None):
        super().__init__()
        self.points = points
        self.skip = skip  # the layer, counted from 0, that sees the input once more
        inputs = [63] + [width + 63 * (layer == skip) for layer in range(1, depth)]
        self.trunk = nn.ModuleList(nn.Linear(count, width) for count in inputs)
        self.density = nn.Linear(width, 1)
        self.feature = nn.Linear(width, width)
        self.direction = nn.Linear(width + 27, width // 2)
        self.colour = nn.Linear(width // 2, 3)

    def forward(self, position, direction):
        encoded = x = encode(position, 10)
        for index, layer in enumerate(self.trunk):
            if index == self.skip:
                x = torch.cat([encoded, x], dim=-1)
            x = self.points.layer_end(torch.relu(layer(x)))
        feature = self.points.layer_end(torch.relu(self.feature(x)))
        both = torch.cat([feature, encode(direction, 4)], dim=-1)
        seen = self.points.layer_end(torch.relu(self.direction(both)))
        return self.points.error(torch.cat([self.colour(seen), self.density(x)], dim=-1))


def render(raw, depths, lengths):
    """The colours along rays over white, and the share of light that each sample stops."""
    distances = torch.cat([depths[:, 1:] - depths[:, :-1], torch.full_like(depths[:, :1], 1e10)], 1)
    stopped = 1 - torch.exp(-torch.relu(raw[..., 3]) * distances * lengths)
    left = torch.cumprod(torch.cat([torch.ones_like(stopped[:, :1]), 1 - stopped + 1e-10], 1), 1)[:, :-1]
    weights = left * stopped
    colours = (weights[..., None] * torch.sigmoid(raw[..., :3])).sum(1)
    return colours + (1 - weights.sum(1, keepdim=True)), weights


def inverse_samples(edges, weights):
    """Distances drawn from the density that is constant between edges."""
    shares = (weights + 1e-5) / (weights + 1e-5).sum(1, keepdim=True)
    cumulative = torch.cat([torch.zeros_like(shares[:, :1]), shares.cumsum(1)], 1)
    quantiles = torch.rand(len(edges), FINE, device=edges.device)
    above = torch.searchsorted(cumulative, quantiles, right=True)
    lower, upper = (above - 1).clamp(min=0), above.clamp(max=edges.shape[1] - 1)
    start, share = cumulative.gather(1, lower), cumulative.gather(1, upper) - cumulative.gather(1, lower)
    within = (quantiles - start) / torch.where(share < 1e-5, torch.ones_like(share), share)
    return edges.gather(1, lower) + within * (edges.gather(1, upper) - edges.gather(1, lower))


class RayNetworks(nn.Module):
    """A coarse network at even samples of each ray, a fine one at these and at samples where there is more to see."""

    def __init__(self, points, **shape):
        super().__init__()
        self.coarse, self.fine = RadianceField(points, **shape), RadianceField(points, **shape)

    def forward(self, origins, directions):
        lengths = directions.norm(dim=1, keepdim=True)
        views = directions / lengths

        def see(network, depths):
            points = origins[:, None] + directions[:, None] * depths[..., None]
            seen = views[:, None].expand(points.shape)
            raw = network(points.reshape(-1, 3), seen.reshape(-1, 3)).reshape(*depths.shape, 4)
            return render(raw, depths, lengths)

        step = (FAR - NEAR) / (COARSE - 1)
        depths = torch.linspace(NEAR, FAR, COARSE, device=origins.device).expand(len(origins), COARSE)
        jitter = torch.rand(depths.shape, device=origins.device) - 0.5
        depths = (depths + step * jitter).clamp(NEAR, FAR)
        coarse, weights = see(self.coarse, depths)
        middles = (depths[:, 1:] + depths[:, :-1]) / 2
        with torch.no_grad():
            merged = torch.cat([depths, inverse_samples(middles, weights[:, 1:-1])], 1).sort(1).values
        return coarse, see(self.fine, merged)[0]


def both(outputs, targets):
    return sum(functional.mse_loss(output, targets) for output in outputs)


def case(network, batch, loss, **shape):
    return Case(
        network=partial(network, **shape),
        batch=batch,
        loss=loss,
        optimizer=partial(torch.optim.Adam, lr=5e-4),
    )


def points_batch(rows=16_384):
    directions = functional.normalize(torch.randn(rows, 3), dim=1)
    return (torch.randn(rows, 3), directions), torch.randn(rows, 4)


def rays_batch(rows=1_024):
    back = torch.tensor([0.0, 0.0, -1.0])
    return (-4 * back.expand(rows, 3), torch.randn(rows, 3) * 0.2 + back), torch.rand(rows, 3)


CASES = {
    "nerf-8x256": case(RadianceField, points_batch, functional.mse_loss, depth=8, width=256, skip=5),
    "nerf-4x128": case(RadianceField, points_batch, functional.mse_loss, depth=4, width=128),
    "nerf-rays-8x256": case(RayNetworks, rays_batch, both, depth=8, width=256, skip=5),
    "nerf-rays-4x128": case(RayNetworks, rays_batch, both, depth=4, width=128),
}
