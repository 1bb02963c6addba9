import Torch

/// The tensors of a checkpoint, in parts by the beginnings of their names.
extension [String: Tensor] {
  /// These tensors with names that begin with `prefix`.
  func withPrefix(_ prefix: String) -> [String: Tensor] {
    reduce(into: [:]) { $0[prefix + $1.key] = $1.value }
  }

  /// The tensors whose names begin with `prefix`, without it.
  package func part(_ prefix: String) -> [String: Tensor] {
    reduce(into: [:]) {
      if $1.key.hasPrefix(prefix) { $0[String($1.key.dropFirst(prefix.count))] = $1.value }
    }
  }
}
