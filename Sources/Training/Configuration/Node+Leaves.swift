import Yams

extension Node {
  /// The path and the text of every scalar and list.
  func leaves(_ path: [String] = []) -> [(key: String, text: String)] {
    let key = path.joined(separator: ".")
    return switch self {
    case .mapping(let mapping): mapping.flatMap { $0.value.leaves(path + [$0.key.string ?? ""]) }
    case .sequence(let sequence): [(key, "[\(sequence.map { $0.string ?? "" }.joined(separator: ", "))]")]
    case .scalar(let scalar): [(key, scalar.string)]
    case .alias: []
    }
  }
}
