import NeuralRendering
import TestSupport
import Testing
import Torch

@Suite("Rays of pixels") struct RayCasterTests {
  private let pose = CameraPose(at: [0, 0, 4], lookingAt: [0, 0, 0], up: [0, 1, 0])

  private func rays(_ camera: Camera, _ space: RadianceScene.Space, _ point: PixelPoint) -> Rays {
    RayCaster(camera, space, point).rays(of: camera, pixels: 0..<(camera.width * camera.height), on: .cpu)
  }

  @Test("Rays go through the corners or the middles of pixels") func world() {
    let camera = Camera(width: 4, height: 2, focal: 2, pose: pose)
    let corner = rays(camera, .world, .corner)
    #expect(corner.directions.selected(0, 0).equals(Tensor([-1, 0.5, -1] as [Float])))
    #expect(corner.directions.selected(0, 6).equals(Tensor([0, 0, -1] as [Float])))
    #expect(corner.origins.selected(0, 5).equals(Tensor([0, 0, 4] as [Float])))
    let center = rays(camera, .world, .center)
    #expect(center.directions.selected(0, 0).equals(Tensor([-0.75, 0.25, -1] as [Float])))
    #expect(center.viewDirections.norm(1).maximumDifference(from: Tensor.ones([8])) < 1e-6)
  }

  @Test("A turned camera turns its rays") func turned() {
    let side = CameraPose(at: [4, 0, 0], lookingAt: [0, 0, 0], up: [0, 0, 1])
    let camera = Camera(width: 2, height: 2, focal: 1, pose: side)
    #expect(rays(camera, .world, .corner).directions.selected(0, 3).equals(Tensor([-1, 0, 0] as [Float])))
  }

  /// Appendix C of Mildenhall et al.: a point o + t d is at o' + t' d' with t' = 1 - o_z / (o_z + t d_z), o moved to the near plane.
  @Test("Normalised device coordinates reach infinity at distance 1") func normalizedDevice() {
    let camera = Camera(
      width: 6, height: 4, focal: 3,
      pose: CameraPose(at: [0.1, 0.2, 0.3], lookingAt: [0, 0, -9], up: [0, 1, 0]))
    let (world, device) = (rays(camera, .world, .center), rays(camera, .normalizedDevice, .center))
    func projected(_ point: [Double]) -> [Double] {
      [-2.0 * 3 / 6 * point[0] / point[2], -2.0 * 3 / 4 * point[1] / point[2], 1 + 2 / point[2]]
    }
    for ray in [0, 7, 23] {
      func row(_ x: Tensor) -> [Double] { x.selected(0, ray).to(.float64).scalars(Double.self) }
      let (o, d) = (row(world.origins), row(world.directions))
      let near = -(1 + o[2]) / d[2]
      for distance in [0, 0.5, 3, 40] {
        let point = (0..<3).map { o[$0] + (near + distance) * d[$0] }
        let share = 1 - (o[2] + near * d[2]) / point[2]
        let (start, way) = (row(device.origins), row(device.directions))
        for axis in 0..<3 { #expect(abs(start[axis] + share * way[axis] - projected(point)[axis]) < 1e-4) }
      }
    }
    #expect(device.viewDirections.equals(world.viewDirections))
  }
}
