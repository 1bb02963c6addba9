import Torch

extension Tensor {
  /// This loss, which must be one number: the gradients of several would be added up unnoticed.
  var checkedLoss: Tensor {
    if count != 1 {
      fail("loss", operands: [self], "it must be one number; reduce it, as with mean()")
    }
    return self
  }
}
