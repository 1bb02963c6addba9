import Datasets
import TestConditions
import TestSupport
import Testing

import GraphLearning

/// Damages files in thousands of ways: each must give a value or a `DataError`, and never trap.
@Suite struct PlanetoidFuzzTests {
  @Test func damagedNetworksNeverTrap() {
    var random = SplitMix64(state: 1)
    let suffixes = PlanetoidFixture().files.keys.sorted()
    var values = 0
    for round in 0..<4000 {
      var fixture = PlanetoidFixture()
      let suffix = suffixes[round % suffixes.count]
      damage(&fixture.files[suffix, default: []], with: &random)
      if reads({ _ = try PlanetoidReader.read(validationCount: 1, file: fixture.file) }) { values += 1 }
    }
    #expect(values > 0 && values < 4000)
  }

  @Test(.needsData(DatasetCatalog.citeseer), arguments: ["y", "graph", "test.index"])
  func damagedCiteSeerNeverTraps(suffix: String) throws {
    let file = try DatasetStore().read(DatasetCatalog.citeseer, "ind.citeseer.\(suffix)")
    var random = SplitMix64(state: 2)
    for _ in 0..<1000 {
      var bytes = Array(file.bytes.prefix(4000))
      damage(&bytes, with: &random)
      let damaged = DataFile(path: file.path, bytes: bytes)
      reads {
        switch suffix {
        case "y": _ = try PlanetoidReader.labels(damaged)
        case "graph": _ = try PlanetoidReader.graph(damaged)
        default: _ = try PlanetoidReader.testIndex(damaged)
        }
      }
    }
  }

  /// Whether `body` gives a value; anything but a `DataError` is a failure.
  @discardableResult
  private func reads(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      #expect(error is DataError, "\(error)")
      return false
    }
  }

  /// Flips bits, cuts off, inserts, removes or repeats bytes: one to three times.
  private func damage(_ bytes: inout [UInt8], with random: inout SplitMix64) {
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[place] = .random(in: 0...255, using: &random)
      case 2: bytes.removeLast(bytes.count - place)
      case 3: bytes.insert(.random(in: 0...255, using: &random), at: place)
      case 4: bytes.remove(at: place)
      default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
      }
    }
  }
}

/// A small generator with a seed, so that every run damages in the same ways.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
