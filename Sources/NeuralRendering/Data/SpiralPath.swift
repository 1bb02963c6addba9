/// The spiral on which LLFF's films fly in front of a scene.
///
/// **Source** Mildenhall et al. 2019 (LLFF); protocol of the published code of the 2020 paper: two turns, radii of the 90th percentile
/// of the cameras' places, focus from 0.9 times the nearest and 5 times the farthest bound, of which 0.75 of the way in inverse depth.
public struct SpiralPath: Sendable, Hashable {
  /// The pose in the middle.
  public let center: CameraPose
  /// How far it goes to the right, up and back.
  public let radii: SIMD3<Double>
  /// How far away what it looks at is.
  public let focus: Double

  /// A spiral.
  public init(center: CameraPose, radii: SIMD3<Double>, focus: Double) {
    (self.center, self.radii, self.focus) = (center, radii, focus)
  }
}
