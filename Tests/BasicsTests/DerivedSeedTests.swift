import Basics
import Testing

@Suite("Derived seeds") struct DerivedSeedTests {
  @Test("They are those of an independent implementation", arguments: derivedSeedGolden)
  func golden(_ item: (seed: UInt64, label: String, derived: UInt64)) {
    #expect(derivedSeed(item.seed, item.label) == item.derived)
  }
}
