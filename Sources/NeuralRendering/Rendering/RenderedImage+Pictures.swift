import Reports

extension RenderedImage {
  /// The colours, of 255.
  public var picture: RasterImage { RasterImage(width: width, height: height, colors: colors) }

  /// The distances in shades of grey.
  /// - Parameter far: The distance that is white, in units of the rays' directions' lengths; 0 is black.
  public func depthPicture(far: Double) -> GreyImage {
    GreyImage(width: width, height: height, values: depth, in: 0...Float(far))
  }

  /// The share of light that something stops, in shades of grey: none is black, all white.
  public var opacityPicture: GreyImage {
    GreyImage(width: width, height: height, values: opacity, in: 0...1)
  }
}

extension RasterImage {
  /// A picture of colours from 0 to 1, row after row from the top.
  ///
  /// **Shape** `[height, width, 3]`
  init(width: Int, height: Int, colors: [Float]) {
    self.init(width: width, height: height, pixels: colors.map(UInt8.init(share:)))
  }
}
