import Torch

/// How a tensor of a layer is called and laid out in the `state_dict` of the PyTorch module that does the same.
///
/// A layer that says nothing has its names and shapes in common with its counterpart of `torch.nn`, as ``Linear`` has.
public struct PyTorchLayout: Sendable {
  private enum Form: Sendable {
    case same, transposed, row
    case transposedList(count: Int, tail: String)
    case omitted
  }

  /// What a module keeps besides, which says nothing about the weights.
  package enum Constant: Sendable {
    /// Whole numbers, of 64 bits.
    case integers([Int64])
    /// Bytes.
    case bytes([UInt8])
    /// How many steps were trained, a whole number without a shape.
    case steps
  }

  private let form: Form
  private let name: String
  /// By name.
  package private(set) var constants: [String: Constant] = [:]

  /// The same tensor under a name, such as `running_mean`.
  public static func named(_ name: String) -> PyTorchLayout { PyTorchLayout(form: .same, name: name) }

  /// A matrix whose rows are columns there: `[inputs, outputs]` to `[outputs, inputs]`.
  public static func transposed(_ name: String) -> PyTorchLayout {
    PyTorchLayout(form: .transposed, name: name)
  }

  /// A tensor with a first dimension of 1 more there.
  public static func row(_ name: String) -> PyTorchLayout { PyTorchLayout(form: .row, name: name) }

  /// So many matrices that are modules of their own there: `[count, inputs, outputs]` to `name.0.tail` and so on, `[outputs,
  /// inputs]` each.
  public static func transposedList(_ name: String, _ tail: String, count: Int) -> PyTorchLayout {
    PyTorchLayout(form: .transposedList(count: count, tail: tail), name: name)
  }

  /// A tensor that has no counterpart there.
  public static let omitted = PyTorchLayout(form: .omitted, name: "")

  /// The same, with what the module keeps besides.
  package func with(_ constants: [String: Constant]) -> PyTorchLayout {
    var layout = self
    layout.constants = constants
    return layout
  }

  /// The names there, in the layer.
  package var names: [String] {
    switch form {
    case .same, .transposed, .row: [name]
    case .transposedList(let count, let tail): (0..<count).map { "\(name).\($0).\(tail)" }
    case .omitted: []
    }
  }

  /// The tensors there, in the order of ``names``.
  package func exported(_ tensor: Tensor) -> [Tensor] {
    switch form {
    case .same: [tensor.contiguous()]
    case .transposed: [tensor.transposed().contiguous()]
    case .row: [tensor.unsqueezed(0).contiguous()]
    case .transposedList(let count, _):
      (0..<count).map { tensor.selected(0, $0).transposed().contiguous() }
    case .omitted: []
    }
  }

  /// The tensor of those there, which have the shapes of ``exported(_:)``.
  package func imported(_ tensors: [Tensor]) -> Tensor {
    switch form {
    case .same, .omitted: tensors[0]
    case .transposed: tensors[0].transposed().contiguous()
    case .row: tensors[0].squeezed(0)
    case .transposedList: Tensor.stacked(tensors.map { $0.transposed() })
    }
  }
}

extension PyTorchLayout.Constant {
  /// The tensor after so many steps.
  func tensor(steps: Int) -> Tensor {
    switch self {
    case .integers(let numbers): Tensor(numbers)
    case .bytes(let bytes): Tensor(bytes)
    case .steps: Tensor([Int64(steps)]).reshaped([])
    }
  }
}
