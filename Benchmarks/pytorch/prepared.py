"""Rows as `dfa data prepare` wrote them: labels, and rows of one table of all fields, in three parts."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch

PARTS = ("training", "validation", "test")


class NotPrepared(Exception):
    pass


@dataclass(frozen=True)
class Prepared:
    name: str
    digest: str
    """Of sources and settings: equal for equal rows."""
    fields: int
    table_rows: int
    parts: dict[str, tuple[torch.Tensor, torch.Tensor]]
    """Rows of the table for each sample, and its label, by part."""


def read(folder: Path) -> Prepared:
    """Reads `rows.bin`; its layout is described in PreparedLayout.swift."""
    try:
        summary = json.loads((folder / "prepared.json").read_text())
        data = numpy.fromfile(folder / "rows.bin", dtype=numpy.uint8)
    except OSError as error:
        raise NotPrepared(f"{folder} holds no prepared rows: {error.strerror}; see dfa data prepare --help") from error
    if data[:8].tobytes() != b"DFAROWS1":
        raise NotPrepared(f"{folder}/rows.bin is not what this version reads")
    fields = int(data[8:12].view("<u4")[0])
    *counts, labels_at, features_at, length = data[16:64].view("<u8").tolist()
    offsets = data[128 : 128 + 4 * (fields + 1)].view("<u4")
    if length != len(data) or data[64:128].tobytes().decode() != summary["digest"]:
        raise NotPrepared(f"{folder}/rows.bin is damaged, or not the file of its prepared.json")
    total = sum(counts)
    labels = data[labels_at : labels_at + total]
    features = data[features_at : features_at + 4 * fields * total].view("<u4").reshape(total, fields)
    assert (features >= offsets[:-1]).all() and (features < offsets[1:]).all()
    bounds = numpy.cumsum([0, *counts])
    return Prepared(
        summary["name"], summary["digest"], fields, int(offsets[-1]),
        {
            part: (
                torch.from_numpy(features[start:end].astype(numpy.int64)),
                torch.from_numpy(labels[start:end].astype(numpy.float32)),
            )
            for part, start, end in zip(PARTS, bounds, bounds[1:])
        },
    )
