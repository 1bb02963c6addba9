import Networks
import Torch

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
}

extension ImageModelSettings {
  /// The network of these settings.
  func model(_ scope: Scope, imageShape: [Int], classes: Int) -> any ImageModel {
    Model(scope, self, imageShape: imageShape, classes: classes)
  }
}
