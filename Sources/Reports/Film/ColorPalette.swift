/// At most 256 colours that stand for those of a picture: its own where they are so few, else those of median cut, which halves
/// the box of colours whose pixels differ most.
///
/// **Source** Heckbert 1982, "Color image quantization for frame buffer display"; boxes are chosen and cut by variance.
struct ColorPalette {
  /// Red, green and blue.
  private(set) var colors: [SIMD3<UInt8>] = []
  /// The colour of each pixel.
  private(set) var indices: [UInt8] = []

  /// The palette of a picture.
  init(_ image: RasterImage) {
    let pixels = stride(from: 0, to: image.pixels.count, by: 3).map { start in
      SIMD3(image.pixels[start], image.pixels[start + 1], image.pixels[start + 2])
    }
    if !takeOwnColors(pixels) { cut(pixels) }
  }

  /// Takes the picture's own colours.
  /// - Returns: Whether they are few enough.
  private mutating func takeOwnColors(_ pixels: [SIMD3<UInt8>]) -> Bool {
    var (places, colors, indices): ([SIMD3<UInt8>: UInt8], [SIMD3<UInt8>], [UInt8]) = ([:], [], [])
    indices.reserveCapacity(pixels.count)
    for pixel in pixels {
      if let place = places[pixel] {
        indices.append(place)
      } else {
        guard let place = UInt8(exactly: colors.count) else { return false }
        places[pixel] = place
        colors.append(pixel)
        indices.append(place)
      }
    }
    (self.colors, self.indices) = (colors, indices)
    return true
  }

  /// Pixels whose colours agree in the upper five bits.
  private struct Cell {
    var count = 0.0
    var sum = SIMD3<Double>()
    var mean: SIMD3<Double> { sum / count }
  }

  /// Some of the cells.
  private struct Box {
    let cells: [Int]
    let mean: SIMD3<Double>
    /// The sum over pixels of their squared differences from the mean.
    let spread: SIMD3<Double>

    init(_ cells: [Int], of all: [Cell]) {
      self.cells = cells
      let count = cells.reduce(0) { $0 + all[$1].count }
      let mean = cells.reduce(SIMD3<Double>()) { $0 + all[$1].sum } / count
      spread = cells.reduce(SIMD3<Double>()) { sum, cell in
        let difference = all[cell].mean - mean
        return sum + all[cell].count * difference * difference
      }
      self.mean = mean
    }

    /// Cells on either side of the mean, along the axis of the largest spread; nil when there is but one cell.
    func halves(of all: [Cell]) -> (Box, Box)? {
      let axis = (0..<3).max { spread[$0] < spread[$1] } ?? 0
      let low = cells.filter { all[$0].mean[axis] <= mean[axis] }
      guard low.count < cells.count, !low.isEmpty else { return nil }
      return (Box(low, of: all), Box(cells.filter { all[$0].mean[axis] > mean[axis] }, of: all))
    }
  }

  private mutating func cut(_ pixels: [SIMD3<UInt8>]) {
    var cells = [Cell](repeating: Cell(), count: 1 << 15)
    let places = pixels.map { Int($0.x >> 3) << 10 | Int($0.y >> 3) << 5 | Int($0.z >> 3) }
    for (pixel, place) in zip(pixels, places) {
      cells[place].count += 1
      cells[place].sum += SIMD3(Double(pixel.x), Double(pixel.y), Double(pixel.z))
    }
    var boxes = [Box(cells.indices.filter { cells[$0].count > 0 }, of: cells)]
    while boxes.count < 256 {
      let widest = boxes.indices.max { boxes[$0].spread.sum() < boxes[$1].spread.sum() } ?? 0
      guard let (low, high) = boxes[widest].halves(of: cells) else { break }
      boxes[widest] = low
      boxes.append(high)
    }
    var colorOfCell = [UInt8](repeating: 0, count: cells.count)
    for (index, box) in boxes.enumerated() {
      for cell in box.cells { colorOfCell[cell] = UInt8(index) }
      let mean = box.mean.rounded(.toNearestOrAwayFromZero)
      colors.append(SIMD3(UInt8(mean.x), UInt8(mean.y), UInt8(mean.z)))
    }
    indices = places.map { colorOfCell[$0] }
  }
}
