import Networks
import Torch

/// A perceptron with tanh layers `fc1`, `fc2`, ..., each ending at a point, and a linear layer `head` ending
/// at `output`.
package struct ToyMLP {
  private let layers: [Linear]
  private let points: [FeedbackPoint]
  private let head: Linear
  private let output: FeedbackOutput

  /// - Parameters:
  ///   - scope: Where the layers are.
  ///   - widths: The widths from input to output.
  ///   - levels: The levels of the points; all `layer` when empty.
  package init(_ scope: Scope, _ widths: [Int], levels: [FeedbackPoint.Level] = []) {
    let output = FeedbackOutput(scope / "output")
    layers = (1..<widths.count - 1).map { Linear(scope / "fc\($0)", widths[$0 - 1], widths[$0]) }
    points = (1..<widths.count - 1).map {
      FeedbackPoint(scope / "fc\($0)", of: output, level: levels.isEmpty ? .layer : levels[$0 - 1])
    }
    head = Linear(scope / "head", widths[widths.count - 2], widths[widths.count - 1])
    self.output = output
  }

  /// The output for `x`.
  package func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    var h = x
    for (layer, point) in zip(layers, points) { h = point(layer(h, pass).tanh(), pass) }
    return output(head(h, pass), pass)
  }
}

/// Inputs and the classes that a random linear teacher gives them.
package struct ToyData {
  /// **Shape** `[rows, width]`
  package let inputs: Tensor
  /// **Shape** `[rows]` of `int64`
  package let classes: Tensor
  /// **Shape** `[rows, classes]`
  package let targets: Tensor

  private init(inputs: Tensor, classes: Tensor, targets: Tensor) {
    (self.inputs, self.classes, self.targets) = (inputs, classes, targets)
  }

  /// The same data on a device.
  package func on(_ device: Device) -> ToyData {
    ToyData(inputs: inputs.to(device), classes: classes.to(device), targets: targets.to(device))
  }

  /// Data drawn from a seed.
  package init(rows: Int, width: Int, classes: Int, seed: UInt64) {
    let generator = RandomGenerator(seed: seed)
    inputs = generator.normal([rows, width])
    targets = inputs.matmul(generator.normal([width, classes])).tanh()
    self.classes = targets.argmax(1)
  }
}
