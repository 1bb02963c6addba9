import NeuralRendering
import Testing

@Suite struct CameraPoseTests {
  /// A camera at (0, 0, 4) that looks at the origin has the axes of the world.
  @Test func looksAlongItsNegativeZAxis() {
    let pose = CameraPose(at: [0, 0, 4], lookingAt: [0, 0, 0], up: [0, 1, 0])
    #expect(pose.right == [1, 0, 0])
    #expect(pose.up == [0, 1, 0])
    #expect(pose.backward == [0, 0, 1])
    #expect(pose.rows == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 4])
    #expect(CameraPose(rows: pose.rows) == pose)
    #expect(pose.fault == nil)
  }

  @Test(arguments: [
    ([1, 0, 0, .nan, 0, 1, 0, 0, 0, 0, 1, 4], "not finite"),
    ([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4], "singular"),
    ([1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 4], "no rotation"),
    ([1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 4], "no rotation"),
  ])
  func saysWhyAMatrixIsNoPose(rows: [Double], reason: String) throws {
    #expect(try #require(CameraPose(rows: rows).fault).contains(reason))
  }
}

@Suite("Means of poses") struct CameraPoseMeanTests {
  /// Two cameras that are turned by as much to the left as to the right around the middle.
  @Test("Poses as seen from their mean have the identity as theirs, by hand") func recentred() throws {
    let (near, far) = (0.6, 0.8)
    let poses = [near, -near].map { x in
      CameraPose(right: [far, 0, -x], up: [0, 1, 0], backward: [x, 0, far], position: [x + 5, 2, far + 1])
    }
    let mean = try #require(CameraPose(meanOf: poses))
    for (value, expected) in zip(mean.rows, [1, 0, 0, 5, 0, 1, 0, 2, 0, 0, 1, 1.8] as [Double]) {
      #expect(abs(value - expected) < 1e-12)
    }
    let relative = poses.map { $0.relative(to: mean) }
    #expect((relative[0].position - SIMD3(0.6, 0, 0)).max() < 1e-12)
    let again = try #require(CameraPose(meanOf: relative))
    for (value, expected) in zip(again.rows, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] as [Double]) {
      #expect(abs(value - expected) < 1e-12)
    }
    #expect(mean.world([1, 2, 3]) == mean.position + [1, 2, 3])
    let opposite = CameraPose(right: [-1, 0, 0], up: [0, 1, 0], backward: [0, 0, -1], position: [0, 0, 0])
    let plain = CameraPose(right: [1, 0, 0], up: [0, 1, 0], backward: [0, 0, 1], position: [0, 0, 0])
    #expect(CameraPose(meanOf: [opposite, plain]) == nil && CameraPose(meanOf: []) == nil)
  }
}
