"""Recommenders with tables of a million rows."""

from functools import partial

import torch
from torch.nn import functional

from . import clicks
from .case import Case

ROWS = 2048
FIELDS = 39  # of Criteo
FIELD_ROWS, TABLE_ROWS = 25_641, 1_000_000  # each field has as many rows of the table, which has one more than all


class TableAdam:
    """SparseAdam for tables, Adam for the rest: how PyTorch trains with sparse gradients."""

    def __init__(self, parameters, lr, fused):
        tables, rest = [], []
        for parameter in parameters:
            (tables if len(parameter) == TABLE_ROWS else rest).append(parameter)
        self.optimizers = [torch.optim.SparseAdam(tables, lr=lr), torch.optim.Adam(rest, lr=lr, fused=fused)]

    def zero_grad(self, set_to_none=True):
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none)

    def step(self):
        for optimizer in self.optimizers:
            optimizer.step()


def random_rows():
    """Rows of the table, each of its field with the same probability."""
    firsts = torch.arange(FIELDS) * FIELD_ROWS
    return (torch.randint(FIELD_ROWS, (ROWS, FIELDS)) + firsts,), torch.randint(2, (ROWS,)).float()


def whole(optimizer, is_sparse, sparse=None):
    return Case(
        network=lambda points: clicks.DeepFM(TABLE_ROWS, FIELDS, sparse=is_sparse, points=points),
        batch=random_rows,
        loss=functional.binary_cross_entropy_with_logits,
        optimizer=partial(optimizer, lr=1e-3),
        sparse=sparse,
    )


CASES = {"deepfm-1m": whole(torch.optim.Adam, False, sparse=whole(TableAdam, True))}
