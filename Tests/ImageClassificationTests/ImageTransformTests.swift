import Basics
import ImageClassification
import TestSupport
import Testing
import Torch

@Suite("Cutting images") struct ImageTransformTests {
  private let image = Tensor.range(0..<(3 * 6 * 8), dtype: .float32).reshaped([3, 6, 8]).to(.uint8)

  @Test("The square comes from the middle in evaluation, from anywhere in training") func squares() throws {
    let transform = ImageTransform(resized: nil, cropped: 4, flips: true)
    let middle = image.narrowed(1, start: 1, length: 4).narrowed(2, start: 2, length: 4)
    #expect(try #require(transform.central(image)).maximumDifference(from: middle) == 0)
    // Row offset 5 of 3 left over, column offset 9 of 5: 5 mod 3 and 9 mod 5.
    let bits: UInt64 = 5 | 9 << 24
    let square = image.narrowed(1, start: 2, length: 4).narrowed(2, start: 4, length: 4)
    #expect(try #require(transform.random(image, bits: bits)).maximumDifference(from: square) == 0)
    let mirrored = try #require(transform.random(image, bits: bits | 1 << 63))
    #expect(mirrored.maximumDifference(from: square.flipped(2)) == 0)
    let plain = ImageTransform(resized: nil, cropped: 4, flips: false)
    #expect(try #require(plain.random(image, bits: bits | 1 << 63)).maximumDifference(from: square) == 0)
    #expect(ImageTransform(resized: nil, cropped: 7, flips: false).central(image) == nil)
  }

  @Test("In training every square, mirrored or not, is drawn, equally often, and no other") func everySquare()
    throws
  {
    let transform = ImageTransform(resized: nil, cropped: 4, flips: true)
    let squares = (0...2).flatMap { row in
      (0...4).flatMap { column in
        let square = image.narrowed(1, start: row, length: 4).narrowed(2, start: column, length: 4)
        return [square, square.flipped(2)].map { $0.contiguous().scalars(UInt8.self) }
      }
    }
    var counts = [[UInt8]: Int]()
    for index in 0..<6_000 {
      let square = try #require(transform.random(image, bits: derivedSeed(1, "\(index)")))
      counts[square.contiguous().scalars(), default: 0] += 1
    }
    #expect(Set(counts.keys) == Set(squares) && squares.count == 30)
    #expect(counts.values.allSatisfy { (130...270).contains($0) })
  }

  @Test("Of a wide or a high image the square comes from the middle, after rounding to the nearest pixel")
  func proportions() throws {
    // 10 / 7 of 5 pixels are 7.1, 9 / 7 of them 6.4: a pixel is left over on each side, or one on the right.
    for (long, offset, side) in [(10, 1, 7), (9, 0, 6)] {
      let wide = RandomGenerator(seed: 1).uniform([3, 7, long], from: 0, to: 255).to(.uint8)
      let transform = ImageTransform(resized: 5, cropped: 5, flips: false)
      let scaled = wide.unsqueezed(0).resizedBilinear(height: 5, width: side).squeezed(0)
      #expect(try #require(transform.central(wide)).equals(scaled.narrowed(2, start: offset, length: 5)))
      let high = try #require(transform.central(wide.permuted([0, 2, 1])))
      #expect(high.permuted([0, 2, 1]).maximumDifference(from: try #require(transform.central(wide))) <= 1)
    }
    #expect(
      try #require(ImageTransform(resized: 6, cropped: 6, flips: false).central(image)).equals(
        image.narrowed(2, start: 1, length: 6)))
  }

  @Test("The shorter side is scaled, the longer one in proportion") func scaled() throws {
    let grey = Tensor.full([3, 30, 45], 100).to(.uint8)
    for cropped in [20, 60] {
      let square = try #require(
        ImageTransform(resized: cropped, cropped: cropped, flips: false).central(grey))
      #expect(square.shape == [3, cropped, cropped] && square.dtype == .uint8)
      #expect(square.to(.float32).maximumDifference(from: .full([3, cropped, cropped], 100)) == 0)
    }
  }

  @Test("Scaled down, pixels are means of those that fall on them") func antialiased() {
    let stripes = Tensor((0..<64).map { Float($0 % 2 * 200) }, shape: [1, 1, 8, 8])
    let half = stripes.resizedBilinear(height: 2, width: 2)
    #expect(half.maximumDifference(from: .full([1, 1, 2, 2], 100)) < 15)
  }

  @Test("Pixels are normalised by channel") func normalization() {
    let normalization = PixelNormalization(.imageNet, device: .cpu)
    let x = normalization(Tensor.full([2, 3, 4, 4], 51).to(.uint8))
    for (channel, value) in [(0.2 - 0.485) / 0.229, (0.2 - 0.456) / 0.224, (0.2 - 0.406) / 0.225].enumerated()
    {
      #expect(x.selected(1, channel).maximumDifference(from: .full([2, 4, 4], value)) < 1e-6)
    }
  }
}
