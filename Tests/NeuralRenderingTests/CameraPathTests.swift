import Foundation
import NeuralRendering
import TestSupport
import Testing

@Suite("Paths of cameras") struct CameraPathTests {
  private static let camera = Camera(
    width: 8, height: 6, focal: 10, pose: CameraPose(at: [0, 0, 4], lookingAt: [0, 0, 0], up: [0, 1, 0]))

  private func isNear(_ one: SIMD3<Double>, _ other: SIMD3<Double>) -> Bool {
    ((one - other) * (one - other)).sum() < 1e-20
  }

  @Test("An orbit begins behind the scene, 30 degrees above it, and looks at the origin") func orbit() {
    let cameras = CameraPath.orbit(like: Self.camera, frameCount: 4)
    let side = 4 * (3.0).squareRoot() / 2
    #expect(cameras.count == 4 && cameras.allSatisfy { $0.width == 8 && $0.focal == 10 })
    for (camera, place) in zip(
      cameras, [[0, -side, 2], [-side, 0, 2], [0, side, 2], [side, 0, 2]] as [SIMD3<Double>])
    {
      #expect(isNear(camera.pose.position, place) && isNear(camera.pose.backward, place / 4))
      #expect(camera.pose.fault == nil && camera.pose.up.z > 0 && abs(camera.pose.right.z) < 1e-12)
    }
    #expect(CameraPath.orbit(like: Self.camera).count == 40)
  }

  @Test("A spiral of equal radii and no depth is a circle, gone round twice, its focus in the middle")
  func spiral() {
    let path = SpiralPath(
      center: CameraPose(rows: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]), radii: [2, 2, 0], focus: 5)
    let cameras = CameraPath.spiral(path, like: Self.camera, frameCount: 8)
    let places: [SIMD3<Double>] = [[2, 0, 0], [0, -2, 0], [-2, 0, 0], [0, 2, 0]]
    for (camera, place) in zip(cameras, places + places) {
      #expect(isNear(camera.pose.position, place))
      #expect(isNear(camera.pose.backward, (place + [0, 0, 5]) / 29.0.squareRoot()))
      #expect(camera.pose.fault == nil)
    }
    // In depth it goes once forth and back.
    let deep = SpiralPath(center: path.center, radii: [0, 0, 1], focus: 5)
    let depths = CameraPath.spiral(deep, like: Self.camera, frameCount: 4).map(\.pose.position.z)
    for (depth, expected) in zip(depths, [0, -1, 0, 1] as [Double]) { #expect(abs(depth - expected) < 1e-12) }
  }

  @Test("An interpolation comes by every pose, and turns half of a quarter half-way") func interpolation()
    throws
  {
    let first = Self.camera.pose
    let second = CameraPose(at: [4, 0, 0], lookingAt: [0, 0, 0], up: [0, 1, 0])
    let third = CameraPose(at: [0, 0, -4], lookingAt: [0, 0, 0], up: [0, 1, 0])
    let cameras = CameraPath.interpolation(through: [first, second, third], like: Self.camera, frameCount: 5)
    for (camera, pose) in zip([cameras[0], cameras[2], cameras[4]], [first, second, third]) {
      #expect(isNear(camera.pose.position, pose.position) && isNear(camera.pose.backward, pose.backward))
      #expect(isNear(camera.pose.right, pose.right) && isNear(camera.pose.up, pose.up))
    }
    #expect(isNear(cameras[1].pose.backward, SIMD3(0.5.squareRoot(), 0, 0.5.squareRoot())))
    // Half-way of (0, 0, 4), itself before, (4, 0, 0) and (0, 0, -4): -1/16, 9/16, 9/16, -1/16 of them.
    #expect(isNear(cameras[1].pose.position, [2.25, 0, 2.25]))
    #expect(cameras.allSatisfy { $0.pose.fault == nil })
    let still = CameraPath.interpolation(through: [first], like: Self.camera, frameCount: 2)
    #expect(still.allSatisfy { isNear($0.pose.position, first.position) })
  }

  @Test("Rotations of every kind are the same after they were quaternions") func turns() {
    for axis in [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.6, 0, 0.8], [-0.48, 0.6, 0.64]] as [SIMD3<Double>] {
      for degrees in [0.0, 60, 120, 180] {
        let pose = turned(degrees * .pi / 180, around: axis)
        let same = CameraPath.interpolation(through: [pose], like: Self.camera, frameCount: 1)[0].pose
        for (value, expected) in zip(same.rows, pose.rows) { #expect(abs(value - expected) < 1e-12) }
      }
    }
  }

  /// The axes of the world, turned around an axis of length 1 (Rodrigues).
  private func turned(_ angle: Double, around axis: SIMD3<Double>) -> CameraPose {
    func turn(_ vector: SIMD3<Double>) -> SIMD3<Double> {
      let cross = SIMD3(
        axis.y * vector.z - axis.z * vector.y, axis.z * vector.x - axis.x * vector.z,
        axis.x * vector.y - axis.y * vector.x)
      return cos(angle) * vector + sin(angle) * cross + (1 - cos(angle)) * (axis * vector).sum() * axis
    }
    return CameraPose(
      right: turn([1, 0, 0]), up: turn([0, 1, 0]), backward: turn([0, 0, 1]), position: [1, 2, 3])
  }

  @Test("A file of cameras has its own size, or that of another camera") func file() throws {
    let scratch = try TemporaryFolder()
    let frames = "\"frames\": [{\"transform_matrix\": \(SceneFiles.matrix)}]"
    let sized = try scratch.file(
      "path.json", holding: "{\"camera_angle_x\": 1, \"width\": 20, \"height\": 10, \(frames)}")
    let camera = try CameraPath.file(sized)[0]
    #expect(camera.width == 20 && camera.height == 10 && camera.focal == 10 / tan(0.5))
    #expect(camera.pose == Self.camera.pose)
    let plain = try scratch.file("transforms_test.json", holding: "{\"camera_angle_x\": 1, \(frames)}")
    #expect(try CameraPath.file(plain, like: Self.camera)[0].width == 8)
    #expect(throws: (any Error).self) { try CameraPath.file(plain) }
    let huge = try scratch.file(
      "huge.json", holding: "{\"camera_angle_x\": 1, \"width\": 200000, \"height\": 0, \(frames)}")
    #expect(throws: (any Error).self) { try CameraPath.file(huge) }
  }
}
