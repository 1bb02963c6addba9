import Basics
import Torch

extension ParameterStore {
  /// The `state_dict` of the PyTorch module that does the same, by dotted names.
  /// - Parameter steps: How many steps were trained, as `num_batches_tracked` of batch normalisation.
  /// - Returns: Copies, on the CPU.
  public func pyTorchState(steps: Int = 0) -> [String: Tensor] {
    bringUpToDate()
    var state: [String: Tensor] = [:]
    func add(_ name: String, _ tensor: Tensor) {
      require(
        state.updateValue(tensor, forKey: name) == nil,
        "two tensors are called '\(name)' in PyTorch; give one another name by Scope.inPyTorch(_:)")
    }
    for own in parameters + buffers {
      let tensors = own.pyTorch.exported(own.tensor.detached().to(.cpu))
      for (name, tensor) in zip(own.namesInPyTorch, tensors) { add(name, tensor.cloned()) }
      for (name, constant) in own.pyTorch.constants {
        add(own.nameInPyTorch(name), constant.tensor(steps: steps))
      }
    }
    return state
  }

  /// Takes over the values of the `state_dict` of the PyTorch module that does the same. Other floating-point types become
  /// those of this network; what modules keep besides weights (`num_batches_tracked`) is passed over.
  /// - Throws: ``PyTorchMismatch`` with all that differs; then nothing changed.
  public func load(pyTorch state: [String: Tensor]) throws(PyTorchMismatch) {
    var mismatch = PyTorchMismatch()
    var known: Set<String> = []
    var values: [(Parameter, Tensor)] = []
    for own in parameters + buffers {
      known.formUnion(own.namesInPyTorch + own.pyTorch.constants.keys.map(own.nameInPyTorch))
      let shapes = own.pyTorch.exported(own.tensor.detached()).map(\.shape)
      var found: [Tensor] = []
      for (name, shape) in zip(own.namesInPyTorch, shapes) {
        guard let tensor = state[name] else {
          mismatch.missing.append(name)
          continue
        }
        if tensor.shape != shape {
          mismatch.shapes.append("\(name) \(tensor.shape) where \(shape) must be")
        } else if !tensor.dtype.isFloatingPoint {
          mismatch.shapes.append("\(name) of \(tensor.dtype) where floating-point numbers must be")
        } else if !tensor.isAllFinite {
          mismatch.notFinite.append(name)
        } else {
          found.append(tensor.to(own.tensor.dtype))
        }
      }
      if !found.isEmpty, found.count == shapes.count { values.append((own, own.pyTorch.imported(found))) }
    }
    mismatch.unexpected = state.keys.filter { !known.contains($0) }.sorted()
    guard mismatch.isEmpty else { throw mismatch }
    bringUpToDate()
    for (own, value) in values { own.tensor.copy(from: value.to(own.tensor.device)) }
  }
}
