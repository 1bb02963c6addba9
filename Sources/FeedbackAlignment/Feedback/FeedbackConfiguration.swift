import Networks
import Torch

/// The fixed random matrices of direct feedback alignment: how they are drawn, scaled and shared, and which device
/// holds them.
public struct FeedbackConfiguration: Settings {
  /// What the elements are drawn from.
  public enum Distribution: String, NamedChoice {
    /// Uniform in [-1, 1) (2020 paper, appendix C).
    case uniform
    /// Normal with mean 0 and deviation 1 (2019 paper, eq. 7).
    case normal
  }

  /// What the elements are divided by.
  public enum Normalization: String, NamedChoice {
    /// The square root of the point's width (2020 paper, appendix C).
    case pointWidth
    /// The square root of the point's width times the error's (2019 paper, eq. 7 and 8).
    case pointAndErrorWidth
    /// The square root of the widest point's width for all points, as the published code of the 2020 paper
    /// does.
    case widestPoint
    /// 1 ("no norm" in the 2019 paper, tables 2 and 4).
    case none
  }

  /// Which points have a matrix of their own.
  public enum Sharing: String, NamedChoice {
    /// One matrix for an output, drawn for its widest point; a narrower point takes the first columns (2019
    /// paper, section 3.1).
    case shared
    /// Each point has its own (Nøkland 2016).
    case independent
  }

  /// Which error points receive.
  public enum Reduction: String, NamedChoice {
    /// That of the loss, a mean over rows: each row's error is divided by their number.
    case mean
    /// Each row's own, as in the published code of the 2019 paper: what lies below points learns as many times faster
    /// than what lies above them as a batch has rows.
    case sum
  }

  /// What stays in memory.
  public enum Storage: String, NamedChoice {
    /// The matrix, drawn once.
    case stored
    /// Nothing: the matrix is drawn again for each projection, a block of columns at a time, always the same.
    case regenerated
  }

  /// What the matrices are made of.
  public var kind = FeedbackKind.dense
  /// What of them stays in memory.
  public var storage = Storage.stored
  /// What the elements of dense and sparse matrices are drawn from; those of other kinds have its root mean
  /// square.
  public var distribution = Distribution.uniform
  /// What they are divided by.
  public var normalization = Normalization.pointWidth
  /// Which points have a matrix of their own.
  public var sharing = Sharing.shared
  /// Which points receive the error: all (`layer`, "micro") or the ends of blocks (`block`, "macro").
  public var level = FeedbackPoint.Level.layer
  /// The device that holds and multiplies the matrices: `same` as the network's, or a device's name.
  public var device = "same"
  /// dfa: which error points receive.
  public var reduction = Reduction.mean
  /// kp, dkp: the weight decay λ of learned feedback; at least 0.
  public var decay = 1e-6
  /// kp, dkp, grape: the learning rate of feedback that learns; positive. The parameters', with its schedule, when nil.
  public var learningRate: Double?
  /// fdfa: the weight β of a new estimate in the moving average that a matrix is; in (0, 1].
  public var averaging = 0.01
  /// anchors, ridge: how often a step is made by backpropagation; the first always is.
  public var anchorEvery = Span.epochs(1)
  /// warmup: how long steps are made by backpropagation at first.
  public var warmup = Span.steps(100)
  /// ridge: λ of the regression, as a part of the mean square of an error's elements, summed over rows; positive.
  public var ridge = 1e-3

  /// The 2020 paper's settings.
  public init() {}

  /// The 2020 paper's settings unless told otherwise.
  public init(
    kind: FeedbackKind = .dense, storage: Storage = .stored, distribution: Distribution = .uniform,
    normalization: Normalization = .pointWidth, sharing: Sharing = .shared,
    level: FeedbackPoint.Level = .layer,
    device: String = "same", reduction: Reduction = .mean, decay: Double = 1e-6,
    learningRate: Double? = nil, averaging: Double = 0.01, anchorEvery: Span = .epochs(1),
    warmup: Span = .steps(100), ridge: Double = 1e-3
  ) {
    self.kind = kind
    self.storage = storage
    self.distribution = distribution
    self.normalization = normalization
    self.sharing = sharing
    self.level = level
    self.device = device
    self.reduction = reduction
    self.decay = decay
    self.learningRate = learningRate
    self.averaging = averaging
    self.anchorEvery = anchorEvery
    self.warmup = warmup
    self.ridge = ridge
  }

  /// The keys in files.
  public static let keys = [
    SettingKey("kind", \Self.kind, "what feedback matrices are made of"),
    SettingKey(
      "storage", \Self.storage, "whether they stay in memory or are drawn again for each projection"),
    SettingKey("distribution", \Self.distribution, "what their elements are drawn from"),
    SettingKey("normalization", \Self.normalization, "by the root of what their elements are divided"),
    SettingKey("sharing", \Self.sharing, "whether the points of an output share one matrix"),
    SettingKey(
      "level", \Self.level, "which points receive the error: every layer (micro) or ends of blocks (macro)"),
    SettingKey("device", \Self.device, "where the matrices lie: same as the network, or cpu, cuda, cuda:N"),
    SettingKey(
      "reduction", \Self.reduction, "dfa: whether points receive the mean loss's error or each row's own"),
    SettingKey("decay", \Self.decay, "kp, dkp: the weight decay of feedback that learns", .atLeast(0)),
    SettingKey(
      "learningRate", optional: \Self.learningRate,
      "kp, dkp, grape: the learning rate of feedback that learns; null: the parameters'", .positive),
    SettingKey(
      "averaging", \Self.averaging, "fdfa: the part of an estimate that a matrix takes over in a step",
      SettingRange("more than 0 and at most 1") { $0 > 0 && $0 <= 1 }),
    SettingKey(
      "anchorEvery", \Self.anchorEvery, "anchors, ridge: how often a step is by BP, from the first on"),
    SettingKey("warmup", \Self.warmup, "warmup: for how long the first steps are by BP"),
    SettingKey(
      "ridge", \Self.ridge, "ridge: the penalty of the regression, as a part of the errors' mean square",
      .positive),
  ]

  /// The settings of matrices that learn: dense, or the identity where that is asked for and fits; stored, one for each point.
  var learned: FeedbackConfiguration {
    var configuration = self
    if kind != .identity { configuration.kind = .dense }
    configuration.storage = .stored
    configuration.sharing = .independent
    return configuration
  }

  /// Whether a method that learns feedback learns the matrix of a point: with ``kind`` identity it keeps that where a point is as
  /// wide as the error.
  func learns(width: Int, errorWidth: Int) -> Bool { kind != .identity || width != errorWidth }

  /// Checks that ``kind`` and ``storage`` go together and that ``device`` names one that this machine has.
  public func validate() throws(SettingError) {
    try require(
      "storage", !(kind == .orthogonal && storage == .regenerated),
      "an orthogonal matrix cannot be regenerated, because its elements depend on all others; use stored, or "
        + "feedback.kind=hadamard")
    if case .sparse(let density) = kind {
      try require("kind", density > 0 && density <= 1, "a density must be in (0, 1], not \(density)")
    }
    guard device != "same" else { return }
    do { _ = try Device(named: device) } catch { throw SettingError(key: "device", reason: "\(error)") }
  }

  /// The device of the matrices when the network is on another.
  ///
  /// Ends the process where ``validate()`` throws.
  func place(beside network: Device) -> Device {
    if device == "same" { return network }
    guard let place = try? Device(named: device) else {
      fatalError("feedback.device '\(device)' is not a device of this machine; use 'same'")
    }
    return place
  }

  /// The divisor of the elements for a point.
  func divisor(width: Int, widest: Int, errorWidth: Int) -> Double {
    switch normalization {
    case .pointWidth: Double(width).squareRoot()
    case .pointAndErrorWidth: Double(width * errorWidth).squareRoot()
    case .widestPoint: Double(widest).squareRoot()
    case .none: 1
    }
  }
}
