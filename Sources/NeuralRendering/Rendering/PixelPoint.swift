import Networks

/// Through which point of a pixel its ray goes.
public enum PixelPoint: String, NamedChoice {
  /// Its middle.
  case center
  /// Its upper left corner, as in the published code of NeRF.
  case corner

  /// How far the point is from the corner, in pixels.
  var offset: Double { self == .center ? 0.5 : 0 }
}
