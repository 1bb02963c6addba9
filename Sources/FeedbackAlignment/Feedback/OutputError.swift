import Networks
import Torch

/// The error at an output.
public struct OutputError {
  /// The output.
  public let output: FeedbackOutput
  /// The derivative of the loss by the tensor at the output, of its shape.
  public let error: Tensor

  package init(output: FeedbackOutput, error: Tensor) {
    self.output = output
    self.error = error
  }

  /// The error that a traversal of the loss has read at an output.
  /// - Precondition: The loss depends on what the output handed on.
  init(output: FeedbackOutput, read error: Tensor?) {
    guard let error else {
      preconditionFailure(
        "the loss does not depend on what output '\(output.path)' handed on; read the error where nothing but the "
          + "loss follows, after the last feedback point")
    }
    self.init(output: output, error: error)
  }

  /// The number of elements of one row.
  var width: Int { error.shape.dropFirst(output.rowDimensions).reduce(1, *) }

  /// The number of rows.
  var rows: Int { error.count / Swift.max(width, 1) }

  /// The error of each row's own loss, where the loss is a mean over rows.
  /// - Parameter weight: The proportion in which the batch counts in its step.
  func timesRows(weight: Double) -> OutputError {
    OutputError(output: output, error: error * (Double(rows) / weight))
  }

  /// The error of a point of `count` rows: each row repeated, and divided by the square root of the repetitions.
  ///
  /// **Shape** `[count, width]`
  func repeated(_ count: Int) -> Tensor {
    let repeats = count / Swift.max(rows, 1)
    let rows = error.reshaped([-1, width])
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
