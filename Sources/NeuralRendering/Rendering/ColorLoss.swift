import Networks
import Torch

/// How far colours are from those of photographs.
public enum ColorLoss: String, NamedChoice {
  /// The mean of the squares of differences.
  case meanSquaredError
  /// Half the squares, but for differences above 1 the differences themselves: equal to half the mean squared error for colours from 0
  /// to 1.
  case smoothL1

  /// The loss.
  func callAsFunction(_ colors: Tensor, _ targets: Tensor) -> Tensor {
    switch self {
    case .meanSquaredError: colors.meanSquaredError(targets)
    case .smoothL1: colors.smoothL1(targets)
    }
  }
}

extension SceneModel {
  /// The sum over networks of how far what they see is from the photographs.
  package func loss(_ rays: Rays, _ targets: Tensor, _ loss: ColorLoss, _ pass: Pass) -> Tensor {
    let seen = self(rays, pass)
    func distance(_ rendered: RenderedRays) -> Tensor {
      // A model may take fewer rays than it is given: the first.
      loss(rendered.colors, targets.narrowed(0, start: 0, length: rendered.colors.shape[0]))
    }
    return seen.others.reduce(distance(seen.image)) { $0 + distance($1) }
  }
}
