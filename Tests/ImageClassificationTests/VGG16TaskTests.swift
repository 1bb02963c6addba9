import Datasets
import FeedbackAlignment
import Foundation
import ImageClassification
import TestSupport
import Testing
import Torch
import Training

@Suite("VGG-16 on image folders") struct VGG16TaskTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try DiscImages.write(to: folder.file("discs"))
  }

  private func trainer(_ method: MethodName = .bp, seed: UInt64 = 1, _ settings: String...) throws
    -> Trainer<VGG16Task>
  {
    let narrow = [
      "images=\(folder.file("discs").path)", "validationImages=6", "resized=40", "cropped=36",
      "training.batchSize=5",
      "width=4", "denseUnits=16", "dropout=0",
    ]
    return try Experiment<VGG16Task>(preset: "debug", assignments: narrow + settings).trainer(
      method, seed: seed)
  }

  @Test("Every image but those set apart comes once in an epoch, cut to one size, mirrored or not")
  func batches() throws {
    let task = try trainer().task
    #expect(task.stepsPerEpoch == 4)
    let epoch = try (0..<4).map { try task.batch($0) }
    #expect(
      epoch.map { $0.tensors[0].shape } == [
        [5, 3, 36, 36], [5, 3, 36, 36], [5, 3, 36, 36], [3, 3, 36, 36],
      ])
    #expect(epoch.map { $0.tensors[1].sum().item }.reduce(0, +) == 9)
    #expect(try task.alignmentBatch().tensors[1].sum().item > 0)
  }

  @Test("A run's key has a digest of the images: another image makes it another run") func dataDigest() throws
  {
    let images = folder.file("discs")
    let experiment = try Experiment<VGG16Task>(preset: "debug", assignments: ["images=\(images.path)"])
    func data() throws -> String { try experiment.planned(.bp, seed: 0).key.data }
    let before = try data()
    #expect(try data() == before)
    let (one, other) = (
      images.appendingPathComponent("val/red/0.png"), images.appendingPathComponent("val/red/1.png")
    )
    try Data(contentsOf: other).write(to: one)
    #expect(try data() != before)
  }

  @Test(
    "Batches depend on the seed and the step alone, not on threads or on what was asked before")
  func deterministic() throws {
    let (one, many) = (try trainer(.bp, "loaders=1").task, try trainer(.bp, "loaders=7").task)
    var seen: [Tensor] = []
    // An epoch has four steps.
    for step in [0, 1, 4 + 3, 3, 2 * 4 + 2] {
      let (x, y) = (try one.batch(step), try many.batch(step))
      for (a, b) in zip(x.tensors, y.tensors) { #expect(a.maximumDifference(from: b) == 0) }
      seen.append(x.tensors[0])
    }
    #expect(try many.batch(0).tensors[0].maximumDifference(from: seen[0]) == 0)
    #expect(try trainer(seed: 2).task.batch(0).tensors[0].maximumDifference(from: seen[0]) > 0)
    #expect(try one.batch(4).tensors[0].maximumDifference(from: seen[0]) > 0)
  }

  @Test("It learns to tell colours") func learns() throws {
    let trainer = try trainer(.bp, "training.epochs=8", "optimizer.learningRate=0.02", "batchNorm=true")
    try trainer.train()
    #expect(try #require(trainer.result().metrics["testAccuracy"]) > 0.9)
  }

  @Test("The paper's plateau watches the validation loss, and waits for five epochs")
  func plateau() throws {
    let configuration = try Experiment<VGG16Task>(preset: "vgg16-imagenet").configuration(.bp)
    let watch = try #require(configuration.optimizer.schedule.schedule.watch)
    #expect(watch.metric == "loss" && watch.patience == .epochs(5) && watch.factor == 0.1)
    #expect(try trainer().evaluate(.validation).keys.sorted() == ["validationAccuracy", "validationLoss"])
  }

  @Test("Keys of the network may be written without its name, and others are refused") func keys() throws {
    func configuration(_ settings: String...) throws -> VGG16Configuration {
      try Experiment<VGG16Task>(preset: "debug", assignments: settings).configuration(.bp)
    }
    let wide = try configuration("width=8", "model.pooled=2", "resized=48")
    #expect(wide.model.width == 8 && wide.model.pooled == 2 && wide.resized == 48)
    #expect(try configuration("resized=null", "trainingImages=null").trainingImages == nil)
    for setting in ["width=0", "pooled=33", "dropout=1", "hidden=[3]", "images=", "loaders=257", "resized=0"]
    {
      #expect(throws: ConfigurationError.self) { try configuration(setting) }
    }
  }

  @Test("A step in micro-batches moves the weights as one of the whole batch", arguments: [2, 5])
  func microBatches(_ count: Int) throws {
    func step(_ setting: String) throws -> (weights: [String: Tensor], loss: Double) {
      let trainer = try trainer(.bp, seed: 1, "batchNorm=false", setting)
      let loss = try trainer.step(on: trainer.task.batch(0)).item
      return (trainer.task.store.tensors, loss)
    }
    let (whole, parts) = (try step("training.microBatches=1"), try step("training.microBatches=\(count)"))
    #expect(abs(parts.loss - whole.loss) < 1e-5 * whole.loss)
    for (path, weight) in whole.weights {
      #expect(try #require(parts.weights[path]).relativeDifference(from: weight) < 1e-4, "\(path)")
    }
  }

  @Test("Where every image is damaged, training and evaluation end with an error, although damage is skipped")
  func allDamaged() throws {
    for part in ["train/red", "train/blue"] {
      let place = folder.file("discs/\(part)")
      for file in try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil) {
        try Data("no image".utf8).write(to: file)
      }
    }
    let trainer = try trainer(.bp, "skipsDamaged=true")
    #expect { try trainer.task.batch(0) } throws: { "\($0)".contains("has no image to be read for step 0") }
    #expect { try trainer.train() } throws: { "\($0)".contains("has no image to be read") }
  }

  @Test("The noise that filters begin with is of the seed, and a picture shows each in its square")
  func noise() throws {
    let trainer = try trainer()
    func images(_ seed: UInt64, steps: Int = 0) throws -> FilterImages {
      try trainer.filters(at: "conv1_1", steps: steps, rate: 0.1, seed: seed)
    }
    let first = try images(3)
    #expect(first.activations.equals(first.initialActivations))
    #expect(try images(3).images.equals(first.images) && !images(4).images.equals(first.images))
    let found = try images(3, steps: 3)
    #expect(found.initialActivations.equals(first.activations) && !found.images.equals(first.images))
    let picture = found.picture()
    #expect(picture.width == 2 * 36 + 1 && picture.height == 2 * 36 + 1)
    // Mean grey with four deviations from black to white.
    let mean = picture.pixels.reduce(0) { $0 + Double($1) } / Double(picture.pixels.count)
    #expect((120...135).contains(mean))
  }

  @Test("A damaged image ends the run by name, or is left out and counted") func damaged() throws {
    let bad = folder.file("discs/train/red/3.png")
    try Data(Data(contentsOf: bad).prefix(60)).write(to: bad)
    try Data().write(to: folder.file("discs/val/blue/1.png"))
    let strict = try trainer()
    #expect { try strict.train() } throws: { "\($0)".contains("train/red/3.png") }
    let lenient = try trainer(.bp, "skipsDamaged=true")
    try lenient.train()
    let metrics = try lenient.result().metrics
    #expect(metrics["testSkippedImages"] == 1)
    // The one of the training folder is trained on or set apart.
    #expect(try #require(metrics["trainSkippedImages"]) + #require(metrics["validationSkippedImages"]) == 1)
    #expect(try trainer().evaluate(.training) == [:])
  }

  @Test("Images smaller than the square, other classes, and no images are errors") func refused() throws {
    let small = try trainer(.bp, "resized=null", "cropped=45")
    #expect { try small.task.batch(0) } throws: {
      "\($0)".contains("less than the square of 45")
    }
    #expect(throws: ConfigurationError.self) { try trainer(.bp, "cropped=41") }
    #expect(throws: ConfigurationError.self) { try trainer(.bp, "training.batchSize=null") }
    #expect(throws: ConfigurationError.self) { try trainer(.bp, "validationImages=24") }
    #expect { try trainer(.bp, "images=no/such/folder") } throws: {
      "\($0)".contains("no/such/folder is no folder")
    }
    try FileManager.default.moveItem(at: folder.file("discs/val/red"), to: folder.file("discs/val/green"))
    #expect { try trainer() } throws: { "\($0)".contains("other classes than those trained on (green, red)") }
  }

  @Test("Images that excite its filters excite them more than the noise that they began with") func filters()
    throws
  {
    let trainer = try trainer()
    let found = try trainer.filters(steps: 20, rate: 0.1, seed: 3)
    #expect(found.point == "conv1_2" && found.images.shape == [4, 3, 36, 36])
    let lit = found.initialActivations .> 0
    #expect(lit.to(.float32).sum().item > 0)
    #expect(
      (found.activations.masked(by: lit) .> found.initialActivations.masked(by: lit) * 2).to(.float32).min()
        .item == 1)
    #expect(try trainer.filters(at: "conv2_1", steps: 1, rate: 0.1, seed: 3).images.shape[0] == 8)
    #expect { try trainer.filters(at: "fc6", steps: 1, rate: 0.1, seed: 3) } throws: {
      "\($0)".contains("'fc6' is not one of conv1_1, conv1_2")
    }
  }
}
