import Basics
import Foundation

extension CameraPath {
  /// Once round the origin, as the films of the published code go round the scenes of NeRF-Synthetic: 40 frames from azimuth
  /// -180 degrees to 180, which is the first again and left out.
  /// - Parameters:
  ///   - camera: The size and focal length of every frame.
  ///   - frameCount: The number of frames; at least 1.
  ///   - elevation: The angle at which the scene looks up to the camera, in degrees, between -90 and 90; at -30 the camera is 30
  ///     degrees above the scene, by the published code's sign.
  ///   - radius: How far from the origin; positive.
  /// - Returns: The cameras, each looking at the origin, z upwards.
  public static func orbit(
    like camera: Camera, frameCount: Int = 40, elevation: Double = -30, radius: Double = 4
  ) -> [Camera] {
    require(frameCount > 0, "a path of \(frameCount) frames")
    require(abs(elevation) < 90 && radius > 0, "an orbit at \(elevation) degrees and distance \(radius)")
    let phi = elevation * .pi / 180
    return (0..<frameCount).map { frame in
      let theta = 2 * .pi * Double(frame) / Double(frameCount) - .pi
      let place = SIMD3(cos(phi) * sin(theta), cos(phi) * cos(theta), -sin(phi))
      var camera = camera
      camera.pose = CameraPose(at: radius * place, lookingAt: SIMD3(), up: [0, 0, 1])
      return camera
    }
  }
}
