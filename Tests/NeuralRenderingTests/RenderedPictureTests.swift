import NeuralRendering
import Reports
import Testing

@Suite("Pictures of what a camera sees") struct RenderedPictureTests {
  private let image = RenderedImage(
    width: 2, height: 1, colors: [0, 0.5, 1, -1, 2, .nan], depth: [3, 8], opacity: [0, 1])

  @Test("Colours are of 255, whatever the numbers") func colors() {
    #expect(image.picture.pixels == [0, 128, 255, 0, 255, 0])
  }

  @Test("Distances are in proportion, up to the far end, and opacities black to white") func grey() {
    #expect(image.depthPicture(far: 6).pixels == [32_768, 65_535])
    #expect(image.opacityPicture.pixels == [0, 65_535])
  }
}
