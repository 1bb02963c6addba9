import Torch

/// The tensors of a checkpoint, in parts by the beginnings of their names.
extension [String: Tensor] {
  /// These tensors with names that begin with `prefix`.
  func withPrefix(_ prefix: String) -> [String: Tensor] {
    reduce(into: [:]) { $0[prefix + $1.key] = $1.value }
  }

  /// The whole number that is kept under a name; 0 where there is none.
  /// - Throws: ``FeedbackMatrixError`` when it is something else.
  func count(of name: String) throws -> Int {
    guard let tensor = self[name] else { return 0 }
    guard tensor.shape == [], let count = Int(exactly: tensor.item), (0...1 << 53).contains(count) else {
      throw FeedbackMatrixError(
        path: name, found: "\(tensor.shape) \(tensor.dtype)", expected: "a whole number from 0 on")
    }
    return count
  }

  /// The first, by name, with NaN or infinity in it.
  package var firstNotFinite: String? {
    filter { $1.dtype.isFloatingPoint && !$1.isAllFinite }.keys.min()
  }

  /// The tensors whose names begin with `prefix`, without it.
  package func part(_ prefix: String) -> [String: Tensor] {
    reduce(into: [:]) {
      if $1.key.hasPrefix(prefix) { $0[String($1.key.dropFirst(prefix.count))] = $1.value }
    }
  }
}
