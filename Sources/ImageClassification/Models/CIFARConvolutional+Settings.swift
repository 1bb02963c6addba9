import Networks

extension CIFARConvolutional {
  /// The layers of the convolutional network.
  public struct Settings: ImageModelSettings {
    /// The network.
    public typealias Model = CIFARConvolutional
    /// `cnn`
    public static let name = "cnn"
    /// What it is.
    public static let summary = "three convolutions and two dense layers (2019 paper, table 4)"

    /// 15: three poolings leave one pixel of them.
    public static let leastSide = 15

    /// The activation after every layer but the last.
    public var activation = Activation.tanh
    /// The probability that a channel of the image is dropped; in [0, 1).
    public var inputDropout = 0.0
    /// The probability that a channel of a convolution is dropped; in [0, 1).
    public var convolutionDropout = 0.0
    /// The probability that a unit of the dense hidden layer is dropped; in [0, 1).
    public var dropout = 0.0
    /// Whether batch normalisation follows every activation (2019 paper, table 4).
    public var batchNorm = false
    /// Whether the dense hidden layer has a feedback point. In the published code of the 2019 paper a name given twice loses
    /// it: then both dense layers have their true gradients.
    public var hiddenPoint = true
    /// How weights start.
    public var initialization = WeightInitialization.uniform

    /// The paper's, tanh after every layer.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("activation", \Self.activation, "the activation after every layer but the last"),
      SettingKey(
        "inputDropout", \Self.inputDropout, "the probability that a channel of the image is dropped", .dropout
      ),
      SettingKey(
        "convolutionDropout", \Self.convolutionDropout,
        "the probability that a channel of a convolution is dropped", .dropout),
      SettingKey(
        "dropout", \Self.dropout, "the probability that a unit of the dense hidden layer is dropped", .dropout
      ),
      SettingKey("batchNorm", \Self.batchNorm, "whether batch normalisation follows every activation"),
      SettingKey(
        "hiddenPoint", \Self.hiddenPoint,
        "whether the dense hidden layer has a feedback point; in the published code it has none"),
      SettingKey("initialization", \Self.initialization, "how weights start"),
    ]
  }
}
