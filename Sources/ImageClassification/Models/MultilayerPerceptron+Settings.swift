import Networks
import Training

extension MultilayerPerceptron {
  /// The layers of a perceptron.
  public struct Settings: ImageModelSettings {
    /// The perceptron.
    public typealias Model = MultilayerPerceptron
    /// `mlp`
    public static let name = "mlp"
    /// What it is.
    public static let summary = "dense layers alone"

    /// The widths of the hidden layers, each at least 1; without any it is a linear classifier.
    public var hidden = [800, 800, 800]
    /// The activation after every hidden layer.
    public var activation = Activation.tanh
    /// The probability that an input is dropped; in [0, 1).
    public var inputDropout = 0.0
    /// The probability that a hidden unit is dropped; in [0, 1).
    public var dropout = 0.0
    /// Whether batch normalisation follows every activation (2019 paper, table 2).
    public var batchNorm = false
    /// How many weights of a unit of the second hidden layer learn on average, chosen at random; the others stay as they
    /// started (2019 paper, section 4.2). From 1 to the width of the first hidden layer; nil lets all learn.
    public var bottleneck: Int?
    /// As in the published code of the 2019 paper: the layer below the bottleneck has no feedback point, and learns from the
    /// gradient that comes down to it, of which the bottleneck lets pass the same share, chosen for each of so many rows of
    /// a batch (there its size). Nil gives the layer its point.
    public var inputMaskRows: Int?
    /// How weights start.
    public var initialization = WeightInitialization.uniform

    /// Three layers of 800 units with tanh (2019 paper, section 3.2).
    public init() {}
    /// The same with hidden layers of these widths.
    public init(hidden: [Int]) { self.hidden = hidden }

    /// The keys in files.
    public static let keys = [
      SettingKey(
        "hidden", \Self.hidden, "the widths of the hidden layers, in units", .each(.within(1...maximumWidth))),
      SettingKey("activation", \Self.activation, "the activation after every hidden layer"),
      SettingKey("inputDropout", \Self.inputDropout, "the probability that an input is dropped", .dropout),
      SettingKey("dropout", \Self.dropout, "the probability that a hidden unit is dropped", .dropout),
      SettingKey("batchNorm", \Self.batchNorm, "whether batch normalisation follows every activation"),
      SettingKey(
        "bottleneck", optional: \Self.bottleneck,
        "how many weights of a unit of the second hidden layer learn on average; null: all", .atLeast(1)),
      SettingKey(
        "inputMaskRows", optional: \Self.inputMaskRows,
        "published code: no point below the bottleneck, whose gradient is cut for so many rows; null: not so",
        .within(1...maximumWidth)),
      SettingKey("initialization", \Self.initialization, "how weights start"),
    ]

    /// A bottleneck needs a layer below it.
    public func validate() throws(SettingError) {
      if let bottleneck {
        try require(
          "bottleneck", hidden.count > 1 && bottleneck <= hidden[0],
          "must be a number of inputs of the second hidden layer, not \(bottleneck)")
      }
      try require(
        "inputMaskRows", inputMaskRows == nil || bottleneck != nil, "must be null where bottleneck is")
    }
  }
}
