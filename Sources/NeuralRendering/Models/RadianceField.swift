import Networks
import Torch

/// A network that tells density and colour at points seen in directions.
///
/// Layers with ReLU on the encoded point; from the last a density and a feature layer with ReLU; the feature and the encoded
/// direction through one layer half as wide to a colour. Without directions density and colour come from the last layer on the point.
///
/// **Shape** points `[P, 3]` and encoded directions `[P, D]` to raw colour and density `[P, 4]`, where the error is read. A feedback point
/// after every ReLU; those at the end of a block of layers on the point are of level `block`, the others of level `layer`.
///
/// **Source** Mildenhall et al. 2020, figure 7; with the ReLU of the feature layer and the points of the published code of Launay et al.
/// 2020.
public struct RadianceField {
  private let settings: RadianceFieldSettings
  private let trunk: [Linear]
  private let trunkPoints: [FeedbackPoint]
  private let head: Head
  private let output: FeedbackOutput

  /// What comes after the layers on the point.
  private enum Head {
    /// Density and colour at once.
    case plain(Linear)
    case directed(DirectedColor)
  }

  /// A network with its parameters in a scope.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: The sizes.
  public init(_ scope: Scope, _ settings: RadianceFieldSettings) {
    self.settings = settings
    let output = FeedbackOutput(scope / "output")
    let encoded = PositionalEncoding(octaves: settings.positionOctaves).width
    let width = settings.width
    let layers = 0..<settings.depth
    trunk = layers.map { layer in
      let inputs = layer == 0 ? encoded : layer == settings.skip ? width + encoded : width
      return Linear(scope / "layer\(layer)", inputs, width)
    }
    trunkPoints = layers.map { layer in
      let endsBlock = layer == layers.upperBound - 1 || (layer + 1).isMultiple(of: settings.blockLayers)
      return FeedbackPoint(scope / "layer\(layer)", of: output, level: endsBlock ? .block : .layer)
    }
    head =
      settings.directionOctaves.map { .directed(DirectedColor(scope, width: width, octaves: $0, of: output)) }
      ?? .plain(Linear(scope / "head", width, 4))
    self.output = output
  }

  /// Directions as the network takes them, encoded once for all points that are seen along them.
  ///
  /// **Shape** unit directions `[R, 3]` to `[R, D]`, where D is 0 in a network whose colours do not depend on them
  public func encoded(_ directions: Tensor) -> Tensor {
    guard let octaves = settings.directionOctaves else { return directions.narrowed(1, start: 0, length: 0) }
    return PositionalEncoding(octaves: octaves)(directions)
  }

  /// Raw colour and density.
  /// - Parameters:
  ///   - points: Where, `[P, 3]`.
  ///   - directions: Seen from where, as ``encoded(_:)`` gives it, `[P, D]`.
  ///   - pass: The pass.
  public func callAsFunction(_ points: Tensor, _ directions: Tensor, _ pass: Pass) -> Tensor {
    let hidden = hidden(points, pass)
    switch head {
    case .plain(let linear): return output(linear(hidden, pass), pass)
    case .directed(let color): return output(color(hidden, directions, pass), pass)
    }
  }

  /// The density alone, outside training.
  ///
  /// **Shape** `[P, 3]` to `[P]`
  func density(at points: Tensor, _ pass: Pass) -> Tensor {
    let pass = Pass(.evaluation, generator: pass.generator)
    let hidden = hidden(points, pass)
    switch head {
    case .plain(let linear): return density(linear(hidden, pass))
    case .directed(let color): return settings.density(color.density(hidden, pass).squeezed(1))
    }
  }

  private func hidden(_ points: Tensor, _ pass: Pass) -> Tensor {
    let encoded = PositionalEncoding(octaves: settings.positionOctaves)(points)
    var hidden = encoded
    for layer in trunk.indices {
      if layer == settings.skip { hidden = Tensor.concatenated([encoded, hidden], 1) }
      hidden = trunkPoints[layer](trunk[layer](hidden, pass).reluInPlace(), pass)
    }
    return hidden
  }

  /// The density of raw outputs.
  ///
  /// **Shape** `[P, 4]` to `[P]`
  /// - Parameters:
  ///   - raw: What the network gives.
  ///   - noise: What is added to its fourth column before; nothing when nil.
  func density(_ raw: Tensor, noise: Tensor? = nil) -> Tensor {
    let density = raw.selected(1, 3)
    return settings.density(noise.map { density + $0 } ?? density)
  }

  /// The colour of raw outputs, from 0 to 1.
  ///
  /// **Shape** `[P, 4]` to `[P, 3]`
  func color(_ raw: Tensor) -> Tensor { raw.narrowed(1, start: 0, length: 3).sigmoid() }
}
