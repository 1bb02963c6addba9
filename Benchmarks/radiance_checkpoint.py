#!/usr/bin/env python3
"""Renders test views of Lego at 100 x 100 by a published checkpoint in plain PyTorch, and prints their PSNR.

  Benchmarks/radiance_checkpoint.py synth_lego_dfa.ckpt lego_100.npz --views 8

Evenly spread views, without jitter, through pixels' corners over white: what
`dfa evaluate --checkpoint FILE --set scene=nerf_synthetic/lego_100.npz --set testViews=8` evaluates by code that shares nothing with this.
"""

import argparse
import json

import numpy
import torch
from torch import nn
from torch.nn import functional

NEAR, FAR, COARSE, FINE = 2.0, 6.0, 64, 128


def encode(x, octaves):
    return torch.cat([x] + [wave(x * 2.0**o) for o in range(octaves) for wave in (torch.sin, torch.cos)], -1)


class Published(nn.Module):
    """The network of the 2020 paper's checkpoints, under its names."""

    def __init__(self, width=128, layers=4):
        super().__init__()
        self.layer1 = nn.Linear(63, width)
        self.layers_xyz = nn.ModuleList(nn.Linear(width, width) for _ in range(layers - 1))
        self.fc_feat, self.fc_alpha = nn.Linear(width, width), nn.Linear(width, 1)
        self.layers_dir = nn.ModuleList([nn.Linear(width + 27, width // 2)])
        self.fc_rgb = nn.Linear(width // 2, 3)

    def forward(self, points, directions):
        x = functional.relu(self.layer1(encode(points, 10)))
        for layer in self.layers_xyz:
            x = functional.relu(layer(x))
        seen = torch.cat([functional.relu(self.fc_feat(x)), encode(directions, 4)], -1)
        return self.fc_rgb(functional.relu(self.layers_dir[0](seen))), self.fc_alpha(x)[..., 0]


def see(network, origins, directions, depths):
    points = origins[:, None] + directions[:, None] * depths[..., None]
    units = functional.normalize(directions, dim=1)[:, None].expand(points.shape)
    colours, density = network(points, units)
    gaps = torch.cat([depths[:, 1:] - depths[:, :-1], torch.full_like(depths[:, :1], 1e10)], 1)
    stopped = 1 - torch.exp(-functional.relu(density) * gaps * directions.norm(dim=1, keepdim=True))
    left = torch.cumprod(torch.cat([torch.ones_like(stopped[:, :1]), 1 - stopped + 1e-10], 1), 1)[:, :-1]
    weights = left * stopped
    return (weights[..., None] * colours.sigmoid()).sum(1) + 1 - weights.sum(1, keepdim=True), weights


def finer(depths, weights):
    middles = (depths[:, 1:] + depths[:, :-1]) / 2
    density = weights[:, 1:-1] + 1e-5
    cumulative = torch.cumsum(density / density.sum(1, keepdim=True), 1)
    cumulative = torch.cat([torch.zeros_like(cumulative[:, :1]), cumulative], 1)
    quantiles = torch.linspace(0, 1, FINE).expand(len(depths), FINE).contiguous()
    above = torch.searchsorted(cumulative, quantiles, right=True)
    low, high = (above - 1).clamp(min=0), above.clamp(max=middles.shape[1] - 1)
    start, share = cumulative.gather(1, low), cumulative.gather(1, high) - cumulative.gather(1, low)
    within = (quantiles - start) / torch.where(share < 1e-5, torch.ones_like(share), share)
    more = middles.gather(1, low) + within * (middles.gather(1, high) - middles.gather(1, low))
    return torch.sort(torch.cat([depths, more], 1), 1).values


def render(networks, pose, size, focal):
    rows, columns = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    local = torch.stack([(columns - size / 2) / focal, (size / 2 - rows) / focal, -torch.ones(size, size)], -1)
    directions = local.reshape(-1, 3).float() @ pose[:3, :3].T
    image = []
    for part in directions.split(1_024):
        origins = pose[:3, 3].expand(part.shape)
        depths = torch.linspace(NEAR, FAR, COARSE).expand(len(part), COARSE)
        _, weights = see(networks["coarse"], origins, part, depths)
        image.append(see(networks["fine"], origins, part, finer(depths, weights))[0])
    return torch.cat(image)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("scene", help="lego_100.npz")
    parser.add_argument("--views", type=int, default=8)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
    networks = {}
    for name in ["coarse", "fine"]:
        networks[name] = Published()
        networks[name].load_state_dict(state[f"model_{name}_state_dict"])
    scene = numpy.load(options.scene)
    images, poses, focal = scene["images_test"], torch.tensor(scene["poses_test"]), float(scene["focal"])
    ratios = []
    with torch.no_grad():
        for index in [view * len(images) // options.views for view in range(options.views)]:
            photograph = torch.tensor(images[index]).reshape(-1, 4).float() / 255
            target = photograph[:, :3] * photograph[:, 3:] + 1 - photograph[:, 3:]
            error = functional.mse_loss(render(networks, poses[index], images.shape[1], focal), target)
            ratios.append(-10 * torch.log10(error).item())
    print(json.dumps({"views": len(ratios), "PSNR": sum(ratios) / len(ratios), "values": ratios}))


if __name__ == "__main__":
    main()
