#!/usr/bin/env python3
"""Writes the golden values of the graph layers, Tests/Golden/graph-layers.json: for each layer an input, parameters, the
output that PyTorch Geometric computes, and the gradients of the sum of the output times given weights.

Run it in an environment with torch, torch-geometric 2.6.1 and torch-spline-conv 1.2.2:
pip install torch-geometric==2.6.1 && pip install --no-build-isolation torch-spline-conv==1.2.2
"""

import json
import pathlib

import torch
from torch_geometric.nn import ChebConv, DNAConv, GATConv, GCNConv, SplineConv

# Seven nodes, directed: node 1 has an edge to itself, node 4 is no target, node 5 no source, node 6 neither. In the order of
# targets, then sources, as the package numbers edges.
NODES = 7
EDGES = sorted(
    [(0, 1), (1, 0), (1, 1), (2, 1), (3, 1), (0, 2), (2, 3), (4, 3), (4, 0), (3, 5), (2, 5), (1, 2)],
    key=lambda edge: (edge[1], edge[0]))
edge_index = torch.tensor(EDGES).t().contiguous()
generator = torch.Generator().manual_seed(1)


def normal(*shape):
    return torch.randn(*shape, generator=generator)


def flat(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().contiguous().flatten().tolist()]


def case(name, layer, x, call, parameters, **settings):
    """`parameters` maps the package's names to tensors of the layer and how the package lays these out."""
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(normal(*parameter.shape) * 0.7)
    x.requires_grad_()
    y = call(x)
    weights = normal(*y.shape)
    layer.zero_grad()
    (y * weights).sum().backward()
    own = parameters(layer, lambda tensor: tensor)
    gradients = parameters(layer, lambda tensor: tensor.grad)
    return {
        "name": name, "settings": settings, "shape": list(x.shape), "input": flat(x), "weights": flat(weights),
        "output": flat(y), "outputShape": list(y.shape), "inputGradient": flat(x.grad),
        "parameters": {key: flat(value) for key, value in own.items()},
        "gradients": {key: flat(value) for key, value in gradients.items()},
    }


def gcn():
    layer = GCNConv(3, 2)
    return case(
        "gcn", layer, normal(NODES, 3), lambda x: layer(x, edge_index),
        lambda l, of: {"weight": of(l.lin.weight).t(), "bias": of(l.bias)})


def cheb(terms, eigenvalue):
    layer = ChebConv(3, 2, K=terms)
    return case(
        "cheb", layer, normal(NODES, 3), lambda x: layer(x, edge_index, lambda_max=torch.tensor(eigenvalue)),
        lambda l, of: {"weight": torch.stack([of(m.weight).t() for m in l.lins]), "bias": of(l.bias)},
        terms=terms, largestEigenvalue=eigenvalue)


def spline(sizes, degree, is_open):
    pseudo = torch.rand(len(EDGES), len(sizes), generator=generator)
    pseudo[0], pseudo[1] = 0, 1
    layer = SplineConv(3, 2, dim=len(sizes), kernel_size=sizes, degree=degree, is_open_spline=is_open)
    return case(
        "spline", layer, normal(NODES, 3), lambda x: layer(x, edge_index, pseudo),
        lambda l, of: {"weight": of(l.weight), "root": of(l.lin.weight).t(), "bias": of(l.bias)},
        sizes=sizes, degree=degree, isOpen=is_open, coordinates=flat(pseudo))


def gat(heads, concatenated):
    layer = GATConv(3, 2, heads=heads, concat=concatenated)
    return case(
        "gat", layer, normal(NODES, 3), lambda x: layer(x, edge_index),
        lambda l, of: {
            "weight": of(l.lin.weight).t(), "source": of(l.att_src), "target": of(l.att_dst), "bias": of(l.bias)},
        heads=heads, concatenated=concatenated)


def dna(layers, heads, groups):
    layer = DNAConv(8, heads=heads, groups=groups)
    return case(
        "dna", layer, normal(NODES, layers, 8), lambda x: layer(x, edge_index),
        lambda l, of: {
            f"{name}/{kind}": of(getattr(getattr(l.multi_head, module), kind))
            for name, module in [("query", "lin_q"), ("key", "lin_k"), ("value", "lin_v")]
            for kind in ["weight", "bias"]},
        heads=heads, groups=groups)


cases = [
    gcn(), cheb(1, 2.0), cheb(2, 2.0), cheb(4, 2.0), cheb(3, 1.7), spline([2], 1, [True]), spline([3, 2], 1, [True, False]),
    spline([4, 3], 2, [False, True]), spline([5], 3, [True]), spline([2], 3, [False]), gat(1, True), gat(3, True),
    gat(2, False), dna(1, 1, 1), dna(3, 2, 4), dna(2, 4, 2),
]
golden = {
    "nodes": NODES, "sources": [edge[0] for edge in EDGES], "targets": [edge[1] for edge in EDGES], "cases": cases}
path = pathlib.Path(__file__).resolve().parent / "graph-layers.json"
lines = ",\n".join("    " + json.dumps(item) for item in cases)
head = json.dumps({key: value for key, value in golden.items() if key != "cases"})
path.write_text(head[:-1] + ', "cases": [\n' + lines + "\n]}\n")
print(path, path.stat().st_size)
