import NeuralRendering
import Testing
import Torch

@Suite("Quality of images") struct ImageQualityTests {
  /// Two images of waves, of 16 x 14.
  private var images: (Tensor, Tensor) {
    func axis(_ count: Int, _ shape: [Int]) -> Tensor {
      Tensor.range(0..<count, dtype: .float64).reshaped(shape)
    }
    let (y, x, c) = (axis(16, [16, 1, 1]), axis(14, [1, 14, 1]), axis(3, [1, 1, 3]))
    let phase = 0.7 * x + 0.3 * y + c
    return (
      0.5 * phase.sin() + 0.5,
      0.4 * (phase + 0.5).sin() + 0.05 * (2.1 * x - 1.3 * y).cos() + 0.5
    )
  }

  @Test("Values are those of scikit-image") func references() throws {
    // structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1) of scikit-image 0.25.
    let (reference, image) = images
    let quality = ImageQuality(image, of: reference)
    #expect(abs(quality.peakSignalToNoiseRatio - 15.117054669810859) < 1e-9)
    #expect(abs(try #require(quality.structuralSimilarity) - 0.8303884793386374) < 1e-9)
  }

  @Test("Equal images are bounded, small ones have no windows") func limits() {
    let (image, _) = images
    let same = ImageQuality(image, of: image)
    #expect(same.peakSignalToNoiseRatio == 100)
    #expect(same.structuralSimilarity.map { abs($0 - 1) < 1e-12 } ?? false)
    let small = image.narrowed(0, start: 0, length: 10)
    #expect(ImageQuality(small, of: small).structuralSimilarity == nil)
  }
}
