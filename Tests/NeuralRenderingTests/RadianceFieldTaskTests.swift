import Datasets
import FeedbackAlignment
import Foundation
import Networks
import NeuralRendering
import TestSupport
import Testing
import Torch
import Training

@Suite("Radiance fields") struct RadianceFieldTaskTests {
  @Test(
    "The task keeps what tasks must keep", arguments: [[], ["model=grid", "model.grid.network.width=16"]])
  func conforms(_ assignments: [String]) throws {
    // Small enough to look at all of the grid.
    let grid = assignments.isEmpty ? [] : ["model.grid.resolution=8", "model.grid.stepLength=0.3"]
    let violations = try checkTask(RadianceFieldTask.self, assignments: assignments + grid)
    #expect(violations == [])
  }

  @Test("Every preset, for every method, passes through annotated YAML and JSON") func files() throws {
    let violations = try checkPresets(of: NeuralRendering.family)
    #expect(violations == [])
  }

  private func trainer(_ assignments: [String] = [], method: MethodName = .bp) throws -> Trainer<
    RadianceFieldTask
  > {
    try Experiment(RadianceFieldTask.self, preset: "debug", assignments: assignments).trainer(method, seed: 1)
  }

  @Test("Rays of one view are without repetition, and in the middle at first") func rays() throws {
    let task = try trainer(["order=oneView", "training.batchSize=64", "cropSteps=1"]).task
    let camera = task.scene.views(.training)[0].camera
    for step in [0, 1] {
      let batch = task.batch(step)
      #expect(batch.rays.count == 64 && batch.colors.shape == [64, 3])
      let directions = batch.rays.directions
      #expect(
        (batch.rays.origins - batch.rays.origins.narrowed(0, start: 0, length: 1)).abs().max().item == 0)
      let different = Set((0..<64).map { directions.selected(0, $0).scalars(Float.self) })
      #expect(different.count == 64)
      // Along the camera's axis a direction has length 1; the middle half of the image is within a quarter of its width and height.
      let aside = (directions.square().sum(1) - 1).max().item.squareRoot() * camera.focal
      let reach = (Double(camera.width * camera.width + camera.height * camera.height)).squareRoot() / 2
      #expect(step == 0 ? aside < reach / 2 : aside < reach)
      #expect(step == 0 || aside > reach / 2)
    }
  }

  @Test("Colours of rays are those of the photographs") func colors() throws {
    let task = try trainer(["background=black", "cropSteps=0"]).task
    let batch = task.batch(3)
    let views = task.scene.views(.training)
    for ray in 0..<batch.rays.count {
      let origin = batch.rays.origins.selected(0, ray).to(.float64).scalars(Double.self)
      let direction = batch.rays.directions.selected(0, ray).to(.float64).scalars(Double.self)
      let view = try #require(
        views.first { view in
          let position = view.camera.pose.position
          return (0..<3).allSatisfy { abs(position[$0] - origin[$0]) < 1e-5 }
        })
      let (camera, pose) = (view.camera, view.camera.pose)
      func component(_ axis: SIMD3<Double>) -> Double {
        (0..<3).reduce(0) { $0 + axis[$1] * direction[$1] }
      }
      let column = Int((component(pose.right) * camera.focal + Double(camera.width) / 2).rounded(.down))
      let row = Int((Double(camera.height) / 2 - component(pose.up) * camera.focal).rounded(.down))
      let place = (row * camera.width + column) * 4
      let opacity = Float(view.pixels[place + 3]) / 255
      for channel in 0..<3 {
        let expected = Float(view.pixels[place + channel]) / 255 * opacity
        #expect(abs(batch.colors.selected(0, ray).scalars(Float.self)[channel] - expected) < 1e-5)
      }
    }
  }

  @Test("A collapsed network is named in the first steps, and counted") func collapse() throws {
    let notices = Notices()
    let trainer = try trainer([
      "training.steps=200", "training.evaluateEvery=200 steps", "model.nerf.network.density=relu",
      "optimizer.learningRate=1e-9",
    ])
    withoutGradient {
      trainer.task.store.tensors["fine/density/bias"]?.copy(from: Tensor.full([1], -100))
    }
    trainer.callbacks = [notices]
    try trainer.train()
    #expect(notices.texts.count == 1)
    #expect(notices.texts.first?.contains("fine network shows one colour") ?? false)
    #expect(try trainer.evaluate(.test)["testCollapsed"] ?? 0 >= 1)
  }

  @Test(
    "Where a grid has found nothing, training goes on", arguments: MethodRegistry.standard.methods.map(\.name)
  )
  func emptyGrid(_ method: MethodName) throws {
    let trainer = try trainer(
      [
        "model=grid", "model.grid.network.depth=2", "model.grid.network.skip=null",
        "model.grid.network.width=8",
        "model.grid.resolution=4", "model.grid.stepLength=0.3", "model.grid.network.density=relu",
        "training.steps=4", "training.evaluateEvery=4 steps", "training.alignmentEvery=2 steps",
        "feedback.anchorEvery=2 steps",
      ], method: method)
    let tensors = trainer.task.store.tensors
    try withoutGradient {
      try #require(tensors["field/density/bias"]).copy(from: Tensor.full([1], -100))
      let thickness = try #require(tensors["grid/thickness"])
      thickness.copy(from: Tensor.zeros(thickness.shape))
    }
    try trainer.train()
    #expect(try trainer.evaluate(.test)["testCollapsed"] == 1)
  }

  private final class Notices: TrainingCallback {
    var texts: [String] = []
    func noticed(_ session: any TrainingSession, _ notice: String) { texts.append(notice) }
  }

  @Test("The first test view is shown: what it is, and what the network makes of it") func pictures() throws {
    let trainer = try trainer(["testViews=1", "background=black"])
    let pictures = try #require(try trainer.pictures())
    #expect(pictures.subject == "Test view r_0 of scene shapes")
    #expect(pictures.shown.map(\.title) == ["render", "depth", "opacity"])
    let ratio = try #require(try trainer.evaluate(.test)["testPSNR"])
    #expect(pictures.shown[0].note == String(format: "PSNR %.2f dB", ratio))
    let view = try #require(trainer.task.scene.views(.test).first)
    let images = try ([try #require(pictures.expected)] + pictures.shown).map {
      try DecodedImage(DataFile(path: $0.title, bytes: Array($0.png)))
    }
    #expect(images.allSatisfy { $0.width == view.camera.width && $0.height == view.camera.height })
    for (index, shown) in images[0].pixels.enumerated() {
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: 3)
      let (color, opacity) = (view.pixels[pixel * 4 + channel], view.pixels[pixel * 4 + 3])
      #expect(abs(Double(shown) - Double(color) * Double(opacity) / 255) <= 0.51)
    }
  }

  @Test("A scene without a test shows nothing") func nothingToShow() throws {
    let files = try SceneFiles()
    try files.transforms("train", ["a"])
    try files.png("a.png")
    #expect(try trainer(["scene=\(files.url.path)", "views.downscale=1"]).pictures() == nil)
  }

  @Test("A scene is learned: better than one colour, and the same image at any size of parts") func learns()
    throws
  {
    let trainer = try trainer([
      "training.steps=400", "training.evaluateEvery=400 steps", "cropSteps=0", "optimizer.learningRate=1e-2",
    ])
    let before = try #require(trainer.evaluate(.test)["testPSNR"])
    try trainer.train()
    let after = try #require(trainer.evaluate(.test)["testPSNR"])
    #expect(after > before + 2)
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    let camera = trainer.task.scene.views(.test)[0].camera
    let image = try withoutGradient { try trainer.task.render(camera, pass) { _ in } }
    #expect(image.colors.count == camera.width * camera.height * 3)
    #expect(image.opacity.allSatisfy { (0...1.0001).contains($0) })
  }
}
