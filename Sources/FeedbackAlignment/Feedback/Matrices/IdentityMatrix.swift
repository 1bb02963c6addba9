import Torch

/// Feedback that hands on the error as it is: `t_j = s e_k` with k the remainder of j by the error's width, and where the point is
/// narrower than the error `t_j = s sum e_k` over all k whose remainder by the point's width is j. The scale s gives B the root mean
/// square of the distribution. There is nothing to multiply or to keep.
struct IdentityMatrix: FeedbackMatrix {
  let errorWidth: Int
  let width: Int
  let device: Device
  private let scale: Double

  init(_ draw: FeedbackDraw) {
    (errorWidth, width, device) = (draw.errorWidth, draw.width, draw.device)
    scale = draw.rootMeanSquare * Double(min(width, errorWidth)).squareRoot()
  }

  var tensors: [String: Tensor] { [:] }

  func project(_ error: Tensor) -> Tensor {
    let rows = error.shape[0]
    let scaled = error * scale
    if width >= errorWidth {
      let copies = (width + errorWidth - 1) / errorWidth
      let repeated = scaled.unsqueezed(1).expanded([rows, copies, errorWidth])
      return repeated.reshaped([rows, copies * errorWidth]).narrowed(1, start: 0, length: width)
    }
    let parts = (errorWidth + width - 1) / width
    let missing = Tensor.zeros([rows, parts * width - errorWidth], device: device)
    return Tensor.concatenated([scaled, missing], 1).reshaped([rows, parts, width]).sum(1)
  }
}
