"""A graph convolutional network on a random graph of the size of Cora."""

from functools import partial

import torch
from torch import nn
from torch.nn import functional

from .case import Case

NODES, EDGES, FEATURES, CLASSES, LABELLED = 2708, 5278, 1433, 7, 140
DENSITY = 0.0127  # of the features
HIDDEN, DROPOUT = 16, 0.5


class Propagation(torch.autograd.Function):
    """Adjacency times x, both it and its transpose stored as compressed rows.

    torch.sparse.mm would transpose the compressed rows in every backward pass, which takes longer than the
    product; libraries for graphs keep the transpose as well.
    """

    @staticmethod
    def forward(context, x, adjacency, transpose):
        context.transpose = transpose
        return adjacency @ x

    @staticmethod
    def backward(context, gradient):
        return context.transpose @ gradient, None, None


class GraphConvolutionalNetwork(nn.Module):
    """Two layers; dropout before each, and the point after the dropout of the hidden nodes."""

    def __init__(self, points):
        super().__init__()
        self.points = points
        self.layer1 = nn.Linear(FEATURES, HIDDEN, bias=False)
        self.bias1 = nn.Parameter(torch.zeros(HIDDEN))
        self.layer2 = nn.Linear(HIDDEN, CLASSES, bias=False)
        self.bias2 = nn.Parameter(torch.zeros(CLASSES))
        adjacency = random_adjacency()
        self.adjacency, self.transpose = adjacency.to_sparse_csr(), adjacency.t().to_sparse_csr()

    def propagate(self, x):
        return Propagation.apply(x, self.adjacency, self.transpose)

    def forward(self, features):
        x = functional.dropout(features, DROPOUT)
        x = torch.relu(self.propagate(self.layer1(x)) + self.bias1)
        x = self.points.layer_end(functional.dropout(x, DROPOUT))
        return self.points.error(self.propagate(self.layer2(x)) + self.bias2)


def random_adjacency():
    """A graph without direction, each node with an edge to itself, normalised by the roots of the degrees."""
    pairs = torch.randint(NODES * NODES, (4 * EDGES,)).unique()
    pairs = pairs[pairs // NODES < pairs % NODES]
    pairs = pairs[torch.randperm(len(pairs))[:EDGES]]
    edges = torch.stack([pairs // NODES, pairs % NODES])
    indices = torch.cat([edges, edges.flip(0), torch.arange(NODES).expand(2, NODES)], dim=1)
    scale = indices[0].bincount().rsqrt()
    return torch.sparse_coo_tensor(indices, scale[indices].prod(dim=0), (NODES, NODES)).coalesce()


def random_nodes():
    features = (torch.rand(NODES, FEATURES) < DENSITY).float()
    features /= features.sum(dim=1, keepdim=True).clamp(min=1)
    return (features,), torch.randint(CLASSES, (LABELLED,))


CASES = {
    "gcn-cora": Case(
        network=GraphConvolutionalNetwork,
        batch=random_nodes,
        loss=lambda logits, labels: functional.cross_entropy(logits[:LABELLED], labels),
        optimizer=partial(torch.optim.Adam, lr=0.01, weight_decay=5e-4),
    )
}
