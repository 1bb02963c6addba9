import Networks
import Torch

/// The error e at an output: the gradient of the loss with respect to the tensor there.
public struct OutputGradient {
  /// The output.
  public let output: FeedbackOutput
  /// e, of the shape of the tensor at the output.
  public let gradient: Tensor

  /// An error; a method may send something else in its place, such as the target, of the same shape.
  public init(output: FeedbackOutput, gradient: Tensor) {
    self.output = output
    self.gradient = gradient
  }

  /// The error that a traversal of the loss has read at an output, where `y` was handed on.
  init(output: FeedbackOutput, read gradient: Tensor?, at y: Tensor) {
    if gradient == nil {
      fail(
        "error at output '\(output.path)'",
        "the loss does not depend on what the output handed on; compute the loss from the tensor that output(y, pass) "
          + "returns, with no feedback point after it")
    }
    self.init(output: output, gradient: gradient ?? .zeros(y.shape, device: y.device))
  }

  /// The number of elements of one row.
  var width: Int { gradient.shape.dropFirst(output.rowDimensions).reduce(1, *) }

  /// The number of rows.
  var rows: Int { gradient.count / Swift.max(width, 1) }

  /// The error of each row's own loss, where the loss is a mean over rows.
  /// - Parameter weight: The proportion in which the batch counts in its step.
  func timesRows(weight: Double) -> OutputGradient {
    OutputGradient(output: output, gradient: gradient * (Double(rows) / weight))
  }

  /// The error of a point of `count` rows: each row repeated, and divided by the square root of the repetitions.
  ///
  /// **Shape** `[count, width]`
  func repeated(_ count: Int) -> Tensor {
    let repeats = count / Swift.max(rows, 1)
    let rows = gradient.reshaped([-1, width])
    guard repeats > 1 else { return rows }
    return (rows / Double(repeats).squareRoot()).unsqueezed(1)
      .expanded([rows.shape[0], repeats, width]).reshaped([count, width])
  }
}

extension Tensor {
  /// A leaf with the numbers of an output's tensor, at which the error can be read.
  func atOutput() -> Tensor { detached().atLeastSinglePrecision().requiringGradient() }

  /// The tensor in single precision if it was in half: errors are read, and projected, in no less.
  func atLeastSinglePrecision() -> Tensor { dtype.byteCount < 4 ? to(.float32) : self }
}
