extension UInt8 {
  /// A share from 0 to 1, of 255; what is below, and NaN, as 0, what is above as 1.
  init(share: Float) { self = UInt8((255 * (share > 0 ? Swift.min(share, 1) : 0)).rounded()) }
}
