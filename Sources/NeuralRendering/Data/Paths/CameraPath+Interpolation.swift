import Basics

extension CameraPath {
  /// Through given poses, from the first to the last, in equal shares of the frames from each to the next.
  ///
  /// Places follow a Catmull-Rom spline, which goes smoothly through all of them; rotations turn evenly, on the shorter way, from
  /// each to the next (slerp).
  /// - Parameters:
  ///   - poses: Where the camera comes by; at least one.
  ///   - camera: The size and focal length of every frame.
  ///   - frameCount: The number of frames; at least 1.
  public static func interpolation(
    through poses: [CameraPose], like camera: Camera, frameCount: Int
  ) -> [Camera] {
    require(!poses.isEmpty && frameCount > 0, "a path of \(frameCount) frames through \(poses.count) poses")
    let rotations = poses.map(Quaternion.init)
    let last = poses.count - 1
    return (0..<frameCount).map { frame in
      let place = Double(last * frame) / Double(max(frameCount - 1, 1))
      let index = min(Int(place), max(last - 1, 0))
      let next = min(index + 1, last)
      let share = place - Double(index)
      // The ends are continued by themselves.
      let knots = [max(index - 1, 0), index, next, min(next + 1, last)].map { poses[$0].position }
      var camera = camera
      camera.pose = rotations[index].interpolated(to: rotations[next], share)
        .pose(at: spline(knots, share))
      return camera
    }
  }

  /// The point of a Catmull-Rom spline between the second and third of four points.
  private static func spline(_ knots: [SIMD3<Double>], _ share: Double) -> SIMD3<Double> {
    let (before, start, end, after) = (knots[0], knots[1], knots[2], knots[3])
    let linear = end - before
    let square = 2 * before - 5 * start + 4 * end - after
    let cube = 3 * (start - end) + after - before
    return start + 0.5 * share * (linear + share * (square + share * cube))
  }
}
