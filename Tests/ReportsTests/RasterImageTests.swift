import Reports
import Testing

@Suite("Raster images") struct RasterImageTests {
  private func plain(_ value: UInt8, width: Int = 3, height: Int = 2) -> RasterImage {
    RasterImage(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
  }

  /// The red of each pixel, row by row.
  private func rows(_ image: RasterImage) -> [[UInt8]] {
    (0..<image.height).map { row in (0..<image.width).map { image.pixels[(row * image.width + $0) * 3] } }
  }

  @Test("Pictures stand in rows with a white line between them, and white where there is none") func tiles() {
    let image = RasterImage([plain(1), plain(2), plain(3)], columns: 2)
    #expect(image.width == 7 && image.height == 5)
    let above: [UInt8] = [1, 1, 1, 255, 2, 2, 2]
    let below: [UInt8] = [3, 3, 3, 255, 255, 255, 255]
    #expect(rows(image) == [above, above, [UInt8](repeating: 255, count: 7), below, below])
  }

  @Test("One picture alone is itself, and more columns than pictures stay white") func few() {
    #expect(RasterImage([plain(9)], columns: 1) == plain(9))
    let wide = RasterImage([plain(9)], columns: 2)
    #expect(rows(wide) == [[9, 9, 9, 255, 255, 255, 255], [9, 9, 9, 255, 255, 255, 255]])
  }

  @Test("Pictures of several sizes, none, and pixels that do not fit end the process") func misuse() async {
    await #expect(processExitsWith: .failure) {
      _ = RasterImage([RasterImage(width: 2, height: 2), RasterImage(width: 2, height: 3)], columns: 2)
    }
    await #expect(processExitsWith: .failure) { _ = RasterImage([], columns: 1) }
    await #expect(processExitsWith: .failure) { _ = RasterImage(width: 2, height: 2, pixels: [1, 2, 3]) }
  }

  @Test("A disc is symmetric, blends at its edge, and leaves what is beyond it") func disc() {
    var image = RasterImage(width: 21, height: 21)
    image.drawDisc(x: 10.5, y: 10.5, radius: 6, color: (40, 80, 120))
    let red = rows(image)
    #expect(red == red.reversed() && red.allSatisfy { $0 == $0.reversed() })
    #expect((0..<21).allSatisfy { row in (0..<21).allSatisfy { red[row][$0] == red[$0][row] } })
    #expect(Array(image.pixels[(10 * 21 + 10) * 3..<(10 * 21 + 11) * 3]) == [40, 80, 120])
    #expect(red[0].allSatisfy { $0 == 255 } && red.joined().contains { $0 > 40 && $0 < 255 })
    // Twice the same disc changes only its edge.
    let once = image
    image.drawDisc(x: 10.5, y: 10.5, radius: 6, color: (40, 80, 120))
    for (before, after) in zip(once.pixels, image.pixels)
    where before == 255 || [40, 80, 120].contains(before) {
      #expect(before == after)
    }
  }

  @Test("A ring leaves its middle as it was") func ring() {
    var image = RasterImage(width: 21, height: 21)
    image.drawDisc(x: 10.5, y: 10.5, radius: 8, hole: 4, color: (0, 0, 0))
    let red = rows(image)
    #expect(red[10][10] == 255 && red[10][4] == 0 && red[10][16] == 0 && red[4][10] == 0)
  }
}
