import DirectFeedback

/// The parts into which the time of a step is divided.
package enum StepPart: String, CaseIterable, Sendable {
  /// Matrix products of the forward pass.
  case forwardProducts
  /// Products towards activations: by a parameter, a sparse matrix or inside attention. DFA needs few or
  /// none. Where a convolution needs both gradients, one operation makes them, and it counts here.
  case inputGradientProducts
  /// Products towards parameters.
  case weightGradientProducts
  /// The projection of errors to feedback points.
  case projection
  /// The forward pass but its products.
  case otherForward
  /// The backward pass but its products.
  case otherBackward
  /// The loss and its derivative.
  case loss
  /// The update of the parameters.
  case optimizer
  /// Outside of any operation.
  case rest

  /// In words.
  package var title: String {
    switch self {
    case .forwardProducts: "forward products"
    case .inputGradientProducts: "input-gradient products"
    case .weightGradientProducts: "weight-gradient products"
    case .projection: "projection"
    case .otherForward: "other forward"
    case .otherBackward: "other backward"
    case .loss: "loss"
    case .optimizer: "optimizer"
    case .rest: "rest"
    }
  }
}

extension OperationTrace {
  /// The nanoseconds of each part but the rest. Each operation gives its part the time in which no operation
  /// within it runs.
  /// - Parameter parameters: The storage addresses of the network's parameters.
  func nanoseconds(parameters: Set<UInt>) -> [StepPart: Int] {
    var parts: [StepPart] = []
    var result: [StepPart: Int] = [:]
    for operation in operations {
      let around = operation.parent.map { (entry: operations[$0], part: parts[$0]) }
      let part = part(of: operation, around: around, parameters: parameters)
      parts.append(part)
      result[part, default: 0] += operation.nanoseconds
      if let around { result[around.part, default: 0] -= operation.nanoseconds }
    }
    return result
  }

  private func part(
    of operation: Operation, around: (entry: Operation, part: StepPart)?, parameters: Set<UInt>
  ) -> StepPart {
    if operation.kind == .region, let part = StepPart(rawValue: operation.name) { return part }
    if let around, around.part.isWhole { return around.part }
    if StepPart.losses.contains(operation.name) { return .loss }
    let isBackward = operation.isOfAutograd || operation.node != nil || around?.part == .otherBackward
    guard operation.multiplyAccumulates != nil else { return isBackward ? .otherBackward : .otherForward }
    guard isBackward else { return .forwardProducts }
    let isTowardsInput =
      operation.operands.contains { parameters.contains($0.storage) || $0.storage == 0 }
      || operation.name.contains("scaled_dot_product")
    return isTowardsInput ? .inputGradientProducts : .weightGradientProducts
  }

  /// The nanoseconds of all matrix products, wherever they lie.
  var nanosecondsOfProducts: Int { matrixProducts.reduce(0) { $0 + $1.nanoseconds } }
}

extension OperationTrace.Operation {
  /// Whether it is a node of autograd, or the engine's work on one.
  fileprivate var isOfAutograd: Bool { kind == .node || name.hasPrefix("autograd::") }
}

extension StepPart {
  /// Whether all that an operation of this part runs is of the part too.
  fileprivate var isWhole: Bool {
    switch self {
    case .otherForward, .otherBackward, .rest: false
    default: true
    }
  }

  /// The operations and nodes of autograd that make losses of this package and their derivatives.
  fileprivate static let losses: Set<String> = [
    "aten::cross_entropy_loss", "ctorch::cross_entropy", "aten::mse_loss",
    "aten::binary_cross_entropy_with_logits",
    "NllLossBackward0", "LogSoftmaxBackward0", "MseLossBackward0", "BinaryCrossEntropyWithLogitsBackward0",
  ]
}
