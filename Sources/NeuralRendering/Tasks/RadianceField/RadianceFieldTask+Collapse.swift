import Networks
import Torch
import Training

extension RadianceFieldTask {
  /// The networks that have collapsed: that show one colour along rays whose photographs have several, such as an empty scene of which
  /// nothing but the background is seen. With ReLU's density such a network gets no gradient and learns nothing any more.
  /// - Returns: Their names.
  func collapsedNetworks(_ pass: Pass) -> [String] {
    let batch = alignmentBatch()
    func deviation(_ colors: Tensor) -> Double {
      (colors - colors.mean(0, keepingDimension: true)).square().mean().item.squareRoot()
    }
    let expected = deviation(batch.colors)
    let seen = model(batch.rays, pass)
    return zip(model.networks, [seen.image] + seen.others).compactMap { name, seen in
      deviation(seen.colors) < 0.02 * expected ? name : nil
    }
  }

  /// The steps after which it is said that a network has collapsed.
  private static let checkedSteps = [200, 500, 1_000, 2_000, 5_000]

  /// That a network has collapsed, in the first steps.
  public func notice(after step: Int, _ pass: Pass) -> String? {
    guard Self.checkedSteps.contains(step) else { return nil }
    let networks = withoutGradient { collapsedNetworks(pass) }
    guard !networks.isEmpty else { return nil }
    return
      "step \(step): the \(networks.joined(separator: " and ")) network shows one colour everywhere: it has collapsed; start again "
      + "with another seed, a smaller optimizer.learningRate, cropSteps, or density=shiftedSoftplus"
  }
}

extension Metric {
  /// The peak signal-to-noise ratio, in dB.
  public static let peakSignalToNoiseRatio = Metric("PSNR", title: "PSNR (dB)", higherIsBetter: true)
  /// The structural similarity.
  public static let structuralSimilarity = Metric("SSIM", title: "SSIM", higherIsBetter: true)
  /// How many networks show one colour, where photographs have several.
  public static let collapsedNetworks = Metric(
    "collapsed", title: "collapsed networks", higherIsBetter: false)
}
