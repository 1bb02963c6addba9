import Torch

/// The gradient of a parameter.
public enum Gradient {
  /// Of every element.
  case dense(Tensor)
  /// Of some rows of a table; that of all others is zero.
  case rows(RowGradient)

  /// A derivative: of rows where it is a sparse tensor, as of an ``Embedding`` with a sparse gradient.
  package init(_ tensor: Tensor) {
    if let rows = SparseRows(tensor) {
      self = .rows(RowGradient(rows.indices, rows.values, rowCount: tensor.shape[0]))
    } else {
      self = .dense(tensor)
    }
  }

  /// The gradient of every element, of the parameter's shape.
  public var tensor: Tensor {
    switch self {
    case .dense(let tensor): tensor
    case .rows(let rows): rows.tensor
    }
  }

  /// What is there of it: all elements, or those of its rows.
  var values: Tensor {
    switch self {
    case .dense(let tensor): tensor
    case .rows(let rows): rows.values
    }
  }

  /// The sum of the squares of its elements, in float32.
  var squaredNorm: Tensor { values.to(.float32).square().sum() }

  /// The gradient times a number that lies on any device.
  func scaled(by scale: Tensor) -> Gradient {
    let scaled = values * scale.to(values.dtype, values.device)
    return switch self {
    case .dense: .dense(scaled)
    case .rows(let rows): .rows(RowGradient(rows.indices, scaled, rowCount: rows.rowCount))
    }
  }
}
