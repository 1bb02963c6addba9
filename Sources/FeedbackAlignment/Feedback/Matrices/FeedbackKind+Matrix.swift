import Basics
import Torch

extension FeedbackKind {
  /// A matrix of this kind.
  ///
  /// Ends the process where an orthogonal one is not stored.
  package func matrix(
    _ draw: FeedbackDraw, _ storage: FeedbackConfiguration.Storage
  ) -> any FeedbackMatrix {
    let isStored = storage == .stored
    switch self {
    case .dense where isStored: return DenseMatrix(drawing: draw)
    case .dense: return RegeneratedMatrix(draw: draw, density: 1)
    case .sparse(let density) where isStored: return SparseFeedbackMatrix(drawing: draw, density: density)
    case .sparse(let density): return RegeneratedMatrix(draw: draw, density: density)
    case .orthogonal:
      require(
        isStored,
        "an orthogonal feedback matrix cannot be regenerated, because its elements depend on all others; set "
          + "feedback.storage to stored, or feedback.kind to hadamard")
      return DenseMatrix(orthogonal: draw)
    case .hadamard: return HadamardMatrix(draw, isStored: isStored)
    case .sign: return SignMatrix(draw, isStored: isStored)
    case .identity: return IdentityMatrix(draw)
    }
  }

  /// The names of the tensors that a checkpoint keeps of a stored matrix, after its path.
  var parts: [String] {
    if case .sparse = self { SparseFeedbackMatrix.parts } else { [""] }
  }

  /// Checks what can be told of a checkpoint's tensors before the widths of the network are known.
  /// - Throws: ``FeedbackMatrixError``.
  func check(_ tensors: [String: Tensor]) throws {
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      func expect(_ condition: Bool, _ expected: String) throws {
        guard !condition else { return }
        throw FeedbackMatrixError(
          path: name, found: "\(tensor.shape) \(tensor.dtype)", expected: expected)
      }
      switch self {
      case .dense, .orthogonal, .identity:
        try expect(
          tensor.rank == 2 && tensor.dtype.isFloatingPoint && tensor.isAllFinite,
          "finite numbers of shape [error width, point width]")
      case .hadamard, .sign:
        let shape = self == .sign ? "[error width, point width]" : "[blocks, error width]"
        try expect(
          tensor.rank == 2 && tensor.dtype == .int8 && (tensor.abs() .== 1).all().item == 1,
          "int8 signs of shape \(shape)")
      case .sparse:
        guard let part = parts.first(where: name.hasSuffix) else {
          try expect(false, "one of the parts \(parts.joined(separator: ", "))")
          continue
        }
        let path = name.dropLast(part.count)
        try expect(
          tensor.rank == 1 && tensor.dtype == (part == ".values" ? .float32 : .int32),
          part == ".values" ? "float32 numbers in one dimension" : "int32 numbers in one dimension")
        try expect(tensor.dtype == .int32 || tensor.isAllFinite, "finite numbers")
        for other in parts {
          try expect(tensors[path + other] != nil, "beside it a tensor '\(path + other)'")
        }
        try expect(
          part == ".rowStarts" ? tensor.count >= 1 : tensor.count == tensors[path + ".values"]?.count,
          "as many columns as values, and at least one row start")
        if part == ".rowStarts" {
          let starts = tensor.scalars(Int32.self)
          try expect(
            starts.first == 0 && zip(starts, starts.dropFirst()).allSatisfy(<=)
              && starts.last.map(Int.init) == tensors[path + ".values"]?.count,
            "row starts that rise from 0 to the number of values")
        } else if part == ".columns", tensor.count > 0 {
          try expect((tensor .>= 0).all().item == 1, "columns from 0 on")
        }
      }
    }
  }

  /// The matrix of a checkpoint's tensors by part; nil when they do not fit the widths.
  func matrix(restoring tensors: [String: Tensor], _ draw: FeedbackDraw) -> (any FeedbackMatrix)? {
    let tensors = tensors.mapValues { $0.to(draw.device) }
    // A matrix that was given, or one that is kept as it is multiplied.
    if let matrix = tensors[""], matrix.dtype.isFloatingPoint {
      return matrix.rank == 2 && matrix.shape[0] == draw.errorWidth && matrix.shape[1] >= draw.width
        ? DenseMatrix(matrix) : nil
    }
    guard let first = tensors[parts[0]] else { return nil }
    switch self {
    case .dense, .orthogonal, .identity: return nil
    case .sparse:
      let columns =
        tensors[parts[1]].map { $0.count == 0 || ($0 .< Double(draw.errorWidth)).all().item == 1 } ?? false
      return first.count > draw.width && columns
        ? SparseFeedbackMatrix(tensors, errorWidth: draw.errorWidth) : nil
    case .sign:
      return first.shape == [draw.errorWidth, draw.width] ? SignMatrix(draw, first) : nil
    case .hadamard:
      return first.shape == [draw.hadamardBlocks, draw.errorWidth] ? HadamardMatrix(draw, first) : nil
    }
  }
}
