import Torch

/// The groups of an optimizer, each parameter in one of them.
struct ParameterGroups {
  private let groups: [ParameterGroup]
  private let groupOfParameter: [ObjectIdentifier: Int]

  /// - Precondition: No parameter is in two groups.
  init(_ groups: [ParameterGroup]) {
    self.groups = groups
    groupOfParameter = Dictionary(
      uniqueKeysWithValues: groups.enumerated().flatMap { number, group in
        group.parameters.map { (ObjectIdentifier($0), number) }
      })
  }

  /// Calls `body` for each group that has gradients, with its parameters that have one.
  func forEach(
    _ gradients: Gradients, _ body: (ParameterGroup, [(parameter: Parameter, gradient: Tensor)]) -> Void
  ) {
    var pairs: [[(parameter: Parameter, gradient: Tensor)]] = groups.map { _ in [] }
    for (parameter, gradient) in zip(gradients.parameters, gradients.tensors) {
      if let gradient, let group = groupOfParameter[ObjectIdentifier(parameter)] {
        pairs[group].append((parameter, gradient))
      }
    }
    for (group, pairs) in zip(groups, pairs) where !pairs.isEmpty { body(group, pairs) }
  }

  /// Where the parameter lies that a slot's name begins with.
  func device(_ slot: String) -> Device {
    groups.lazy.flatMap(\.parameters).first { slot.hasPrefix($0.path + "/") }?.tensor.device ?? .cpu
  }
}
