#!/usr/bin/env python3
"""Writes Tests/TrainingTests/Generated/RankingGolden.swift: what scikit-learn computes of a few scores and labels.

Run it in an environment with numpy and scikit-learn.
"""

import pathlib

import numpy
import sklearn
from sklearn.metrics import average_precision_score, roc_auc_score

random = numpy.random.RandomState(0)


def case(count, share, digits):
    labels = (random.rand(count) < share).astype(int)
    # Few digits make ties; singles, as networks give them.
    scores = numpy.round(random.randn(count) + labels / 2, digits).astype(numpy.float32)
    numbers = ", ".join(repr(float(numpy.format_float_positional(x, unique=True))) for x in scores)
    return f"""    RankingGolden(
      scores: [{numbers}],
      labels: {labels.tolist()},
      areaUnderCurve: {float(roc_auc_score(labels, scores))!r},
      averagePrecision: {float(average_precision_score(labels, scores))!r}),
"""


cases = "".join(case(*settings) for settings in [(12, 0.5, 3), (30, 0.5, 0), (40, 0.15, 1), (40, 0.9, 1)])
file = pathlib.Path(__file__).resolve().parent.parent / "TrainingTests/Generated/RankingGolden.swift"
file.parent.mkdir(exist_ok=True)
file.write_text(f"""// Written by Tests/Golden/generate_ranking.py; do not edit.

/// Scores and labels with what scikit-learn {sklearn.__version__} computes of them (`roc_auc_score`,
/// `average_precision_score`).
struct RankingGolden: Sendable {{
  let scores: [Float]
  let labels: [Int]
  let areaUnderCurve: Double
  let averagePrecision: Double

  static let all = [
{cases}  ]
}}
""", encoding="utf-8")
