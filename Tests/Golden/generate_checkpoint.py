"""Writes Tests/DatasetsTests/Generated/PyTorchGolden.swift: checkpoints of PyTorch that their reader is held to."""

import base64
import collections
import io
from pathlib import Path

import torch


def text(**options):
    base = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    state = collections.OrderedDict([
        ("layer.weight", torch.nn.Parameter(base)), ("layer.part", base.t()[1:3]),
        ("half", torch.tensor([0.5, -2], dtype=torch.float16)),
        ("brain", torch.tensor([1.5, -3], dtype=torch.bfloat16)),
        ("count", torch.tensor(7)), ("empty", torch.zeros(2, 0)), ("mask", torch.tensor([True, False])),
    ])
    file = io.BytesIO()
    torch.save({"iter": 3_000_000_000, "psnr": 17.5, "name": "ä", "device": torch.device("cpu"), "model": state,
                "groups": [{"betas": (0.5, 0.75), "amsgrad": False, "none": None}]}, file, **options)
    return base64.b64encode(file.getvalue()).decode()


place = Path(__file__).parent.parent / "DatasetsTests/Generated/PyTorchGolden.swift"
place.write_text(f'''// Written by Tests/Golden/generate_checkpoint.py with PyTorch {torch.__version__}; do not edit.

/// What torch.save makes of one checkpoint, in both of its forms.
enum PyTorchGolden {{
  /// The zip file.
  static let zip = "{text()}"
  /// The pickles that were written before PyTorch 1.6.
  static let pickles = "{text(_use_new_zipfile_serialization=False)}"
}}
''')
