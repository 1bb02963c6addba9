import Basics
import Foundation
import Networks
import Reports
import Torch
import Training

extension RadianceFieldTask: PicturedTask {
  /// The first test view: the photograph, and what the networks make of it, with how far away and how opaque things are.
  public func pictures(_ pass: Pass) throws -> TaskPictures? {
    guard let (views, photographs) = evaluated[.test], let view = views.first else { return nil }
    let photograph = photographs.image(0).to(.float32, .cpu)
    let image = try render(view.camera, pass) { _ in }
    let quality = ImageQuality(Tensor(image.colors, shape: photograph.shape), of: photograph)
    let expected = RasterImage(width: image.width, height: image.height, colors: photograph.scalars())
    let far = scene.bounds.upperBound
    return TaskPictures(
      of: "Test view \(view.name) of scene \(scene.name)",
      expected: try ReportPicture("photograph", png: expected.png()),
      shown: [
        try ReportPicture(
          "render", note: String(format: "PSNR %.2f dB", quality.peakSignalToNoiseRatio),
          png: image.picture.png()),
        try ReportPicture(
          "depth", note: "white is \(NumberFormat.general(far)) away",
          png: image.depthPicture(far: far).smallPNG()),
        try ReportPicture("opacity", note: "black lets all light pass", png: image.opacityPicture.smallPNG()),
      ])
  }
}
