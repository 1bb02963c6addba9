import Networks
import Torch
import Training

/// A network that classifies images of one size.
///
/// A new one is a file with the network, one with its settings, and a line in ``ImageModelChoice/kinds``.
public protocol ImageModel {
  /// What a configuration says of the network.
  associatedtype Settings: ImageModelSettings

  /// A network with its parameters in a scope.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: What a configuration says.
  ///   - imageShape: The channels, rows and columns of an image.
  ///   - classes: K.
  init(_ scope: Scope, _ settings: Settings, imageShape: [Int], classes: Int)

  /// The logits.
  ///
  /// **Shape** `[B, channels, height, width]` to `[B, K]`
  func callAsFunction(_ images: Tensor, _ pass: Pass) -> Tensor
}

/// The settings of an ``ImageModel``, which they choose.
public protocol ImageModelSettings: SettingKind {
  /// The network.
  associatedtype Model: ImageModel where Model.Settings == Self
  /// The least rows and columns of an image that the network takes.
  static var leastSide: Int { get }
}

extension ImageModelSettings {
  /// 1: most networks take images of any size.
  public static var leastSide: Int { 1 }

  /// Checks that images are large enough.
  /// - Throws: ``ConfigurationError``.
  func check(imageShape: [Int]) throws(ConfigurationError) {
    guard min(imageShape[1], imageShape[2]) >= Self.leastSide else {
      throw .value(
        key: "model",
        reason:
          "\(Self.name) takes images of at least \(Self.leastSide) x \(Self.leastSide) pixels, and these have "
          + "\(imageShape[2]) x \(imageShape[1]); set own.size, or another model")
    }
  }

  /// The network of these settings.
  func model(_ scope: Scope, imageShape: [Int], classes: Int) -> any ImageModel {
    Model(scope, self, imageShape: imageShape, classes: classes)
  }
}
