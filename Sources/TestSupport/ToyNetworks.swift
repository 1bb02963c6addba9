import Networks
import Torch

/// A small network with its data: from a scope to a function from a pass to the loss.
package struct ToyNetwork: Sendable, CustomStringConvertible {
  /// What it is there for.
  package let description: String
  let build: @Sendable (Scope) -> (Pass) -> Tensor

  /// A network of one's own.
  package init(_ description: String, _ build: @escaping @Sendable (Scope) -> (Pass) -> Tensor) {
    self.description = description
    self.build = build
  }

  /// All toy networks.
  package static let all = [
    oneHidden, threeHidden, blocks, withoutPoints, twoOutputs, pointIsOutput, autoencoder, tied, calledTwice,
    plainCut,
    tokens, convolutional, noisy,
  ]

  private static func data(_ scope: Scope) -> ToyData {
    ToyData(rows: 24, width: 6, classes: 3, seed: 11).on(scope.device)
  }

  /// Parameters `fc1` [8, 6] and `head` [3, 8].
  package static let oneHidden = ToyNetwork("one hidden layer") { mlp($0, [6, 8, 3]) }
  /// Parameters `fc1` to `fc3` and `head`; the widest point is the second.
  package static let threeHidden = ToyNetwork("three hidden layers of different widths") {
    mlp($0, [6, 8, 12, 5, 3])
  }
  /// Two blocks of two layers each.
  package static let blocks = ToyNetwork("blocks of layers") {
    mlp($0, [6, 8, 10, 7, 9, 3], levels: [.layer, .block, .layer, .block])
  }
  /// A head alone, which reads its error.
  package static let withoutPoints = ToyNetwork("an output and no points") { scope in
    let data = data(scope)
    let (hidden, head) = (Linear(scope / "fc1", 6, 8), Linear(scope / "head", 8, 3))
    let output = FeedbackOutput(scope / "output")
    return { pass in output(head(hidden(data.inputs, pass).tanh(), pass), pass).crossEntropy(data.classes) }
  }
  /// Like NeRF: a coarse and a fine network, each with its own error, of which the fine sees the coarse one's
  /// numbers.
  package static let twoOutputs = ToyNetwork("two outputs, coarse and fine") { scope in
    let data = data(scope)
    let (coarse, fine) = (ToyMLP(scope / "coarse", [6, 8, 7, 3]), ToyMLP(scope / "fine", [9, 10, 2]))
    return { pass in
      let first = coarse(data.inputs, pass)
      let second = fine(Tensor.concatenated([data.inputs, first.detached()], 1), pass)
      return first.meanSquaredError(data.targets)
        + second.meanSquaredError(data.targets.narrowed(1, start: 0, length: 2))
    }
  }
  /// The tensor of the only point is the tensor at which the error is read.
  package static let pointIsOutput = ToyNetwork("a point's output is the output tensor") { scope in
    let data = data(scope)
    let (encoder, head) = (Linear(scope / "encoder", 6, 8), Linear(scope / "head", 8, 3))
    let output = FeedbackOutput(scope / "output")
    let point = FeedbackPoint(scope / "encoder", of: output)
    return { pass in
      head(output(point(encoder(data.inputs, pass).tanh(), pass), pass), pass).crossEntropy(data.classes)
    }
  }
  /// Like a graph autoencoder: the error is read at the latent, below the decoder.
  package static let autoencoder = ToyNetwork("an autoencoder that reads its error at the latent") { scope in
    let data = data(scope)
    let encoder = ToyMLP(scope / "encoder", [6, 8, 7, 4])
    let decoder = [Linear(scope / "decoder1", 4, 9), Linear(scope / "decoder2", 9, 6)]
    return { pass in
      decoder[1](decoder[0](encoder(data.inputs, pass), pass).tanh(), pass).meanSquaredError(data.inputs)
    }
  }
  /// The first layer's weight is the decoder's too: it is used below a point and above the output.
  package static let tied = ToyNetwork("a parameter used above and below the output") { scope in
    let data = data(scope)
    let weight = scope.parameter("weight", [8, 6], .uniform(fanIn: 6))
    let bottleneck = Linear(scope / "bottleneck", 8, 5)
    let decoder = Linear(scope / "decoder", 5, 8)
    let output = FeedbackOutput(scope / "output")
    let point = FeedbackPoint(scope / "encoder", of: output)
    return { pass in
      let h = point(data.inputs.linear(weight: weight.tensor).tanh(), pass)
      let z = output(bottleneck(h, pass), pass)
      return pass.product(decoder(z, pass).tanh(), [weight]) { x, weights, _ in x.matmul(weights[0]) }
        .meanSquaredError(data.inputs)
    }
  }
  /// One network runs on two batches of unlike sizes in the same pass.
  package static let calledTwice = ToyNetwork("a network called twice in one pass") { scope in
    let data = data(scope)
    let network = ToyMLP(scope, [6, 8, 5, 3])
    let (inputs, classes) = (data.inputs, data.classes)
    return { pass in
      network(inputs.narrowed(0, start: 0, length: 8), pass).crossEntropy(
        classes.narrowed(0, start: 0, length: 8))
        + network(inputs.narrowed(0, start: 8, length: 16), pass)
        .crossEntropy(classes.narrowed(0, start: 8, length: 16)) * 0.5
    }
  }
  /// Like DeepFM: an embedding is trained by the true gradient of a linear part; towards the perceptron the
  /// graph is cut.
  package static let plainCut = ToyNetwork("a plain cut below the perceptron") { scope in
    let generator = RandomGenerator(seed: 12)
    let indices = generator.uniform([24, 3], from: 0, to: 10).floor().to(.int64, scope.device)
    let clicks = (generator.uniform([24, 1]) .< 0.4).to(.float32, scope.device)
    let embedding = scope.parameter("embedding", [10, 4], .normal(deviation: 0.5))
    let hidden = Linear(scope / "fc1", 12, 8)
    let head = Linear(scope / "head", 8, 1)
    let output = FeedbackOutput(scope / "output")
    let cut = FeedbackPoint(scope / "embedding", of: output, level: .block, receivesFeedback: false)
    let point = FeedbackPoint(scope / "fc1", of: output, level: .block)
    return { pass in
      let fields = embedding.tensor.embedding(indices)
      let deep = head(point(hidden(cut(fields, pass).flattenedRows(), pass).tanh(), pass), pass)
      let linear = fields.flattenedRows().sum(1, keepingDimension: true)
      return output(deep + linear, pass).binaryCrossEntropyWithLogits(clicks)
    }
  }
  /// Four tokens a sample at the point, one row a sample at the output.
  package static let tokens = ToyNetwork("more rows at the point than at the output") { scope in
    let data = data(scope)
    let (hidden, head) = (Linear(scope / "fc1", 6, 8), Linear(scope / "head", 8, 3))
    let output = FeedbackOutput(scope / "output")
    let point = FeedbackPoint(scope / "fc1", of: output, rowDimensions: 2)
    let classes = data.classes.narrowed(0, start: 0, length: 6)
    return { pass in
      let h = point(hidden(data.inputs.reshaped([6, 4, 6]), pass).tanh(), pass)
      return output(head(h.mean(1), pass), pass).crossEntropy(classes)
    }
  }
  /// A convolution's channels, rows and columns make the width of its point.
  package static let convolutional = ToyNetwork("a convolution's point") { scope in
    let data = data(scope)
    let convolution = Conv2d(scope / "conv", 1, 3, size: 3, padding: 1)
    let head = Linear(scope / "head", 36, 3)
    let output = FeedbackOutput(scope / "output")
    let point = FeedbackPoint(scope / "conv", of: output)
    let images = RandomGenerator(seed: 13).normal([12, 1, 4, 3]).to(scope.device)
    let classes = data.classes.narrowed(0, start: 0, length: 12)
    return { pass in
      let h = point(convolution(images, pass).tanh(), pass)
      return output(head(h.flattenedRows(), pass), pass).crossEntropy(classes)
    }
  }
  /// Batch normalisation and dropout.
  package static let noisy = ToyNetwork("batch normalisation and dropout") { scope in
    let data = data(scope)
    let (hidden, head) = (Linear(scope / "fc1", 6, 16), Linear(scope / "head", 16, 3))
    let (norm, dropout) = (BatchNorm(scope / "norm", 16), Dropout(0.2))
    let output = FeedbackOutput(scope / "output")
    let point = FeedbackPoint(scope / "fc1", of: output)
    return { pass in
      let h = point(dropout(norm(hidden(data.inputs, pass), pass).tanh(), pass), pass)
      return output(head(h, pass), pass).crossEntropy(data.classes)
    }
  }

  private static func mlp(
    _ scope: Scope, _ widths: [Int], levels: [FeedbackPoint.Level] = []
  ) -> (Pass) -> Tensor {
    let (data, network) = (data(scope), ToyMLP(scope, widths, levels: levels))
    return { pass in network(data.inputs, pass).crossEntropy(data.classes) }
  }
}
