// Written by Tests/Golden/generate.py; do not edit.

/// Seeds and labels with the derived seed, computed with Python's unbounded integers.
let derivedSeedGolden: [(seed: UInt64, label: String, derived: UInt64)] = [
  (0, "", 17665956581633026203),
  (0, "fc1/weight", 3782034134053868294),
  (1, "fc1/weight", 15665034933324816439),
  (18446744073709551615, "fc1/bias", 13732919171288847082),
  (7, "feedback/ä", 16989250703173795813),
]
