/// A seed that depends on another seed and a label, and on nothing else: the same on every machine, unrelated
/// for unlike labels.
public func derivedSeed(_ seed: UInt64, _ label: String) -> UInt64 {
  // FNV-1a over the label, then the finaliser of SplitMix64.
  var hash = label.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  hash &+= seed &* 0x9e37_79b9_7f4a_7c15
  hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
  hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
  return hash ^ (hash >> 31)
}
