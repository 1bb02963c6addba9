import DirectFeedback

/// The dense parts of recommender networks on Criteo's 39 fields: their inputs are the numbers that
/// embeddings would give.
extension BenchmarkNetwork {
  /// Of DeepFM (Guo et al. 2017), fields of 10 numbers.
  static let deepFactorizationMachine = recommender(
    "deepfm", "dense part of DeepFM: 390-400-400-400-1", inputs: 390, rate: 3e-4
  ) { scope in
    let output = FeedbackOutput(scope / "logit")
    let blocks = normedBlocks(scope, [390, 400, 400, 400], of: output)
    let head = Linear(scope / "head", 400, 1)
    return { x, pass in output(head(blocks.reduce(x) { $1($0, pass) }, pass), pass) }
  }

  /// Of Deep & Cross (Wang et al. 2017), fields of 16 numbers. Points after the cross layers but the last,
  /// after the blocks, and after both are put beside each other.
  static let deepCross = recommender(
    "deep-cross", "dense part of Deep & Cross: 6 cross layers of 624 and 624-1024-1024", inputs: 624,
    rate: 2e-4
  ) { scope in
    let output = FeedbackOutput(scope / "logit")
    let cross = (1...6).map { CrossLayer(scope / "cross\($0)", 624) }
    let points = (1...5).map { FeedbackPoint(scope / "cross\($0)", of: output) }
    let blocks = normedBlocks(scope, [624, 1_024, 1_024], of: output)
    let both = FeedbackPoint(scope / "both", of: output)
    let head = Linear(scope / "head", 624 + 1_024, 1)
    return { x, pass in
      let crossed = cross.indices.reduce(x) { h, index in
        let next = cross[index](h, x, pass)
        return index < points.count ? points[index](next, pass) : next
      }
      let deep = blocks.reduce(x) { $1($0, pass) }
      return output(head(both(Tensor.concatenated([crossed, deep], 1), pass), pass), pass)
    }
  }

  private static func recommender(
    _ name: String, _ summary: String, inputs: Int, rate: Double,
    network: @escaping @Sendable (Scope) -> (Tensor, Pass) -> Tensor
  ) -> BenchmarkNetwork {
    BenchmarkNetwork(
      name, summary, batch: 2_048, optimizer: OptimizerConfiguration(Adam(), learningRate: rate)
    ) {
      scope, data in
      let network = network(scope)
      let (inputs, labels) = (data.inputs(inputs), data.labels())
      return { network(inputs, $0).binaryCrossEntropyWithLogits(labels) }
    }
  }

  private static func normedBlocks(
    _ scope: Scope, _ widths: [Int], of output: FeedbackOutput
  ) -> [NormedBlock] {
    (1..<widths.count).map { NormedBlock(scope / "block\($0)", widths[$0 - 1], widths[$0], of: output) }
  }
}

/// A dense layer, batch normalisation, ReLU and a point.
private struct NormedBlock {
  let linear: Linear
  let norm: BatchNorm
  let point: FeedbackPoint

  init(_ scope: Scope, _ inputs: Int, _ outputs: Int, of output: FeedbackOutput) {
    linear = Linear(scope, inputs, outputs)
    norm = BatchNorm(scope / "norm", outputs)
    point = FeedbackPoint(scope, of: output)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    point(norm(linear(x, pass), pass).relu(), pass)
  }
}

/// `x (h · w) + b + h`, where x is the network's input (Wang et al. 2017, eq. 3).
private struct CrossLayer {
  let product: Linear
  let bias: Parameter

  init(_ scope: Scope, _ width: Int) {
    product = Linear(scope, width, 1, bias: false)
    bias = scope.parameter("bias", [width], .constant(0))
  }

  func callAsFunction(_ h: Tensor, _ x: Tensor, _ pass: Pass) -> Tensor {
    x * product(h, pass) + bias.tensor + h
  }
}
