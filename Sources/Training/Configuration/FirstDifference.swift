import Yams

/// Where what is asked for differs from what is kept in a folder.
struct FirstDifference {
  /// The path of the first key that differs, such as `configuration.model.gcn.hidden`.
  let key: String
  /// Its value in the folder; `nothing` where the key is new.
  let stored: String
  /// Its value now; `nothing` where the key is gone.
  let asked: String

  /// The first difference of two YAML trees, in the order of what is asked for; nil when there is none.
  init?(_ stored: Node, _ asked: Node) {
    let (old, new) = (stored.leaves(), asked.leaves())
    let before = Dictionary(old.map { ($0.key, $0.text) }) { $1 }
    let now = Dictionary(new.map { ($0.key, $0.text) }) { $1 }
    guard let key = (new + old).map(\.key).first(where: { before[$0] != now[$0] }) else { return nil }
    self.key = key
    self.stored = before[key] ?? "nothing"
    self.asked = now[key] ?? "nothing"
  }

  /// The same of two values, as YAML has them.
  init?(_ stored: some Encodable, _ asked: some Encodable) throws {
    guard let before = try Yams.compose(yaml: readableYAML(stored)),
      let now = try Yams.compose(yaml: readableYAML(asked))
    else { return nil }
    self.init(before, now)
  }
}
