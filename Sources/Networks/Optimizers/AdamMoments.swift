import Torch

/// What Adam and its kin are told: the decays of their moments, and what keeps them from dividing by zero.
public protocol AdamMoments: OptimizerRule {
  /// β₁: the decay of the mean of gradients, in [0, 1).
  var beta1: Double { get set }
  /// β₂: the decay of the mean of squared gradients, in [0, 1).
  var beta2: Double { get set }
  /// ε, positive.
  var epsilon: Double { get set }
}

extension AdamMoments {
  /// PyTorch's defaults unless told otherwise.
  public init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    self.init()
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
  }

  /// The keys in files.
  public static var keys: [SettingKey<Self>] {
    [
      SettingKey("beta1", \Self.beta1, "the decay of the mean of gradients", .within(0..<1)),
      SettingKey("beta2", \Self.beta2, "the decay of the mean of squared gradients", .within(0..<1)),
      SettingKey("epsilon", \Self.epsilon, "what is added to the root of that mean", .positive),
    ]
  }

  /// The fused step of Adam or AdamW; of a table whose gradient is of rows these now, and the others late (``LateRows``).
  func fusedUpdate(
    _ pairs: [(parameter: Parameter, gradient: Gradient)], rate: Double, weightDecay: Double,
    _ slots: inout OptimizerSlots, decoupled: Bool
  ) {
    let settings = FusedOptimizers.RowMoments(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay, decoupled: decoupled)
    let pairs = pairs.filter { parameter, gradient in
      guard case .rows(let rows) = gradient, parameter.rows != nil, parameter.tensor.isMovableByRows else {
        return true
      }
      slots.lateRows(of: parameter) { slots in
        let moments = slots.rowByRow("mean", "square", like: parameter)
        return LateRows(parameter, moments: moments, count: slots.scalar("step", for: parameter), settings)
      }
      .step(rows, rate: rate)
      return false
    }
    guard !pairs.isEmpty else { return }
    for (parameter, _) in pairs { slots.endLateRows(of: parameter) }
    FusedOptimizers.adam(
      parameters: pairs.map(\.parameter.tensor), gradients: pairs.map(\.gradient.tensor),
      firstMoments: pairs.map { slots.tensor("mean", like: $0.parameter) },
      secondMoments: pairs.map { slots.tensor("square", like: $0.parameter) },
      steps: pairs.map { slots.scalar("step", for: $0.parameter) }, rate: rate,
      beta1: beta1, beta2: beta2, weightDecay: weightDecay, epsilon: epsilon, decoupled: decoupled)
  }
}

extension Tensor {
  /// Whether rows of this table can be moved alone.
  fileprivate var isMovableByRows: Bool { device == .cpu && dtype == .float32 && isContiguous }
}
