#!/usr/bin/env python3
"""Writes Tests/ReportsTests/Generated/EmbeddingGolden.swift: what scikit-learn computes of a few rows and points.

Run it in an environment with numpy and scikit-learn, whose private functions it calls (version 1.9.1 has them).
"""

import pathlib

import numpy
import sklearn
from sklearn.manifold import _t_sne, trustworthiness

random = numpy.random.RandomState(0)
rows = numpy.round(random.randn(12, 3), 3)
points = numpy.round(random.randn(12, 2), 3)
# As the tests hand them over.
singles = rows.astype(numpy.float32)
distances = ((singles[:, None].astype(float) - singles[None]) ** 2).sum(-1)
affinities = _t_sne._joint_probabilities(distances, 3.0, 0)
divergence, gradient = _t_sne._kl_divergence(points.ravel(), affinities, 1.0, 12, 2)


def numbers(array):
    values = [repr(float(x)) for x in array.ravel()]
    return "[\n" + "".join(f"    {', '.join(values[i:i + 4])},\n" for i in range(0, len(values), 4)) + "  ]"


measures = "".join(
    f"    (neighbours: {k}, value: {float(trustworthiness(singles, points, n_neighbors=k))!r}),\n" for k in (1, 3, 5))
file = pathlib.Path(__file__).resolve().parent.parent / "ReportsTests/Generated/EmbeddingGolden.swift"
file.parent.mkdir(exist_ok=True)
file.write_text(f"""// Written by Tests/Golden/generate_embedding.py; do not edit.

/// Twelve rows of three numbers and twelve points, with what scikit-learn {sklearn.__version__} computes of them
/// (`_joint_probabilities` with perplexity 3, `_kl_divergence`, `trustworthiness`).
enum EmbeddingGolden {{
  static let rows: [Float] = {numbers(rows)}
  static let points: [Double] = {numbers(points)}
  static let divergence = {float(divergence)!r}
  static let gradient: [Double] = {numbers(gradient)}
  static let trustworthiness = [
{measures}  ]
}}
""", encoding="utf-8")
