import Basics
import Foundation

extension CameraPath {
  /// Along a spiral in front of a scene, as the films of LLFF do; the last frame is followed by the first.
  ///
  /// At angle t the camera stands, as the spiral's centre sees it, at (r_x cos t, -r_y sin t, -r_z sin(t / 2)), and looks at the point
  /// that is straight ahead of the centre in the distance of the focus.
  /// - Parameters:
  ///   - spiral: The spiral.
  ///   - camera: The size and focal length of every frame.
  ///   - frameCount: The number of frames; at least 1.
  ///   - turns: How often the camera goes round; the path is closed when it is even.
  public static func spiral(
    _ spiral: SpiralPath, like camera: Camera, frameCount: Int = 120, turns: Int = 2
  ) -> [Camera] {
    require(frameCount > 0, "a path of \(frameCount) frames")
    let target = spiral.center.world([0, 0, -spiral.focus])
    return (0..<frameCount).map { frame in
      let angle = 2 * .pi * Double(turns * frame) / Double(frameCount)
      let place = spiral.radii * SIMD3(cos(angle), -sin(angle), -sin(angle / 2))
      var camera = camera
      camera.pose = CameraPose(at: spiral.center.world(place), lookingAt: target, up: spiral.center.up)
      return camera
    }
  }
}
