import Torch

/// A place in a network's tree of names, from which layers take their parameters.
///
/// `Linear(scope / "fc1", 784, 10)` makes `fc1/weight` and `fc1/bias`.
public struct Scope {
  let store: ParameterStore
  /// The path from the root, such as `encoder/block1`; empty at the root.
  public let path: String
  /// The group that parameters made from here on belong to; nil for that of all others.
  public let group: String?
  /// The dotted name of this place in PyTorch, such as `encoder.block1`; empty at the root.
  public let nameInPyTorch: String

  /// The scope of a part.
  public static func / (scope: Scope, name: String) -> Scope {
    Scope(
      store: scope.store, path: scope.join(name), group: scope.group,
      nameInPyTorch: scope.nameInPyTorch(of: name))
  }

  /// The same place, for parameters that an optimizer may treat apart from others: by the settings that a configuration has
  /// for the group.
  public func group(_ name: String) -> Scope {
    Scope(store: store, path: path, group: name, nameInPyTorch: nameInPyTorch)
  }

  /// The same place, under another dotted name in PyTorch than its path, such as `features.0` of torchvision's VGG-16.
  public func inPyTorch(_ name: String) -> Scope {
    Scope(store: store, path: path, group: group, nameInPyTorch: name)
  }

  /// The dotted name in PyTorch of a part of this place.
  public func nameInPyTorch(of part: String) -> String {
    nameInPyTorch.isEmpty ? part : "\(nameInPyTorch).\(part)"
  }

  /// A new trained parameter at `path/name`.
  /// - Parameters:
  ///   - name: Its name in this place.
  ///   - shape: Its shape.
  ///   - initializer: What its first value is drawn from.
  ///   - pyTorch: How it is called and laid out in PyTorch, where that is not as here.
  public func parameter(
    _ name: String, _ shape: [Int], _ initializer: Initializer, pyTorch: PyTorchLayout? = nil
  ) -> Parameter {
    store.add(join(name), shape: shape, initializer, in: self, trained: true, pyTorch: pyTorch)
  }

  /// A new trained table at `path/name`, which is read by rows (``Embedding``) and whose gradient is of these rows.
  ///
  /// **Shape** `[V, ...]`
  public func table(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Parameter {
    store.add(join(name), shape: shape, initializer, in: self, trained: true, pyTorch: nil, isTable: true)
  }

  /// A new tensor at `path/name` that is kept in checkpoints but not trained.
  /// - Parameters:
  ///   - name: Its name in this place.
  ///   - shape: Its shape.
  ///   - initializer: What its first value is drawn from.
  ///   - pyTorch: How it is called and laid out in PyTorch, where that is not as here.
  public func buffer(
    _ name: String, _ shape: [Int], _ initializer: Initializer, pyTorch: PyTorchLayout? = nil
  ) -> Parameter {
    store.add(join(name), shape: shape, initializer, in: self, trained: false, pyTorch: pyTorch)
  }

  /// Where the parameters lie.
  package var device: Device { store.device }

  private func join(_ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }
}
