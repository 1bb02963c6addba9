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
