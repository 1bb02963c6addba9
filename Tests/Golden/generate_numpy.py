"""Writes Tests/DatasetsTests/Generated/NumPyGolden.swift: files of NumPy that its reader is held to."""

import base64
import io
from pathlib import Path

import numpy as np


def text(save, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()


numbers = np.arange(6).reshape(2, 3)
compressed = text(
    np.savez_compressed, x=numbers.astype("f4"), f=np.asfortranarray(numbers.astype("i8")),
    h=np.array([0.5, -2, 65504, 6e-8], dtype="f2"), m=np.array([True, False]), s=np.array(3, dtype="u2"))
refused = text(
    np.savez, o=np.array([1, "a"], dtype=object), e=np.array([1, 2], dtype=">i4"), t=np.array(["ab"]),
    r=np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f4")]), c=np.array([1j]))
place = Path(__file__).parent.parent / "DatasetsTests/Generated/NumPyGolden.swift"
place.parent.mkdir(exist_ok=True)
place.write_text(f'''// Written by Tests/Golden/generate_numpy.py with NumPy {np.__version__}; do not edit.

enum NumPyGolden {{
  /// numpy.savez_compressed: x, f (columns first), h (half precision), m (booleans), s (a scalar).
  static let compressed = "{compressed}"
  /// numpy.savez: o (objects), e (big-endian), t (text), r (records), c (complex).
  static let refused = "{refused}"
}}
''')
