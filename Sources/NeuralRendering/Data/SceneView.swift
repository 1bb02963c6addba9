/// A photograph with the camera that took it.
public struct SceneView: Sendable {
  /// The camera; of the image's size.
  public let camera: Camera
  /// Red, green, blue and opacity of each pixel, from 0 to 255, row after row from the top.
  ///
  /// **Shape** `[height, width, 4]`
  public let pixels: [UInt8]
  /// What messages and files call it: `r_12`.
  public let name: String

  /// A view.
  public init(camera: Camera, pixels: [UInt8], name: String) {
    precondition(pixels.count == camera.width * camera.height * 4)
    (self.camera, self.pixels, self.name) = (camera, pixels, name)
  }
}
