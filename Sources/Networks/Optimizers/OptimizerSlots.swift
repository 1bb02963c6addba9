import Torch

/// Tensors that an optimizer keeps for each parameter, made as zeros when first asked for.
public struct OptimizerSlots {
  /// What is kept, by the path of the parameter and the name of the slot.
  private(set) var tensors: [String: Tensor] = [:]
  /// The tables whose rows are moved late, by the path of the parameter.
  private var late: [String: LateRows] = [:]

  /// A tensor of a parameter's shape.
  public mutating func tensor(_ name: String, like parameter: Parameter) -> Tensor {
    tensor("\(parameter.path)/\(name)") {
      Tensor.zeros(parameter.tensor.shape, device: parameter.tensor.device)
    }
  }

  /// A number.
  public mutating func scalar(_ name: String, for parameter: Parameter) -> Tensor {
    tensor("\(parameter.path)/\(name)") { Tensor.zeros([], device: parameter.tensor.device) }
  }

  /// Two tensors of a table's shape whose rows lie in turn in one, so that a row of both is found in one place of memory.
  mutating func rowByRow(_ first: String, _ second: String, like parameter: Parameter) -> (Tensor, Tensor) {
    let both = Tensor.stacked([tensor(first, like: parameter), tensor(second, like: parameter)], 1)
    let (one, other) = (both.selected(1, 0), both.selected(1, 1))
    tensors["\(parameter.path)/\(first)"] = one
    tensors["\(parameter.path)/\(second)"] = other
    return (one, other)
  }

  /// What moves the rows of a table late.
  mutating func lateRows(of parameter: Parameter, _ make: (inout OptimizerSlots) -> LateRows) -> LateRows {
    if let rows = late[parameter.path] { return rows }
    let rows = make(&self)
    late[parameter.path] = rows
    parameter.rows?.broughtUpToDate(by: rows.bringUpToDate)
    return rows
  }

  /// Moves the rows of a table, as those of others, with every step from now on.
  mutating func endLateRows(of parameter: Parameter) {
    guard let rows = late.removeValue(forKey: parameter.path) else { return }
    rows.bringUpToDate(nil)
    for (key, tensor) in tensors where key.hasPrefix("\(parameter.path)/") {
      tensors[key] = tensor.contiguous()
    }
  }

  /// Makes every step that was put off.
  func bringUpToDate() { for rows in late.values { rows.bringUpToDate(nil) } }

  mutating func restore(_ state: [String: Tensor], on device: (String) -> Device) {
    bringUpToDate()
    late = [:]
    tensors = Dictionary(uniqueKeysWithValues: state.map { ($0, $1.to(device($0)).cloned()) })
  }

  private mutating func tensor(_ key: String, _ make: () -> Tensor) -> Tensor {
    if let tensor = tensors[key] { return tensor }
    let tensor = make()
    tensors[key] = tensor
    return tensor
  }
}
