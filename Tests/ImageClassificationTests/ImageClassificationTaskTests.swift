import Datasets
import FeedbackAlignment
import ImageClassification
import Networks
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Image classification") struct ImageClassificationTaskTests {
  @Test(
    "Every task of the family keeps what tasks must keep",
    .needsData(DatasetCatalog.fashionMNIST, DatasetCatalog.cifar10))
  func conforms() throws {
    let violations = try ImageClassification.family.tasks.flatMap { try check($0) }
    #expect(violations == [])
  }

  private func check<Task: TrainingTask>(_ task: Task.Type) throws -> [String] { try checkTask(task) }

  @Test(
    "With every network the task keeps what tasks must keep", .needsData(DatasetCatalog.fashionMNIST),
    arguments: ImageModelChoice.kinds.map { $0.name })
  func conforms(_ model: String) throws {
    let violations = try checkTask(
      ImageClassificationTask.self,
      assignments: [
        "model=\(model)", "trainingImages=1500", "training.batchSize=32", "optimizer.learningRate=0.02",
      ])
    #expect(violations == [])
  }

  @Test("Its settings reach the network", .needsData(DatasetCatalog.fashionMNIST))
  func settings() throws {
    let settings = [
      "hidden=[12, 9, 7]", "activation=leakyReLU(-0.5)", "batchNorm=true", "dropout=0.2", "inputDropout=0.1",
      "initialization=he", "optimizer.rule=adam", "optimizer.learningRate=0.002",
    ]
    let violations = try checkTask(ImageClassificationTask.self, assignments: settings)
    #expect(violations == [])
    let task = try Experiment<ImageClassificationTask>(preset: "debug", assignments: settings)
      .trainer(.dfa, seed: 1).task
    let shapes = Dictionary(uniqueKeysWithValues: task.store.parameters.map { ($0.path, $0.tensor.shape) })
    #expect(shapes["hidden1/weight"] == [12, 784] && shapes["hidden3/weight"] == [7, 9])
    #expect(shapes["head/weight"] == [10, 7] && shapes["hidden2/norm/weight"] == [9])
  }

  @Test("An epoch trains on every image that is not set apart", .needsData(DatasetCatalog.fashionMNIST))
  func steps() throws {
    func steps(_ assignments: String...) throws -> Int? {
      try Experiment<ImageClassificationTask>(preset: "debug", assignments: assignments).trainer(.bp, seed: 1)
        .task.stepsPerEpoch
    }
    #expect(try steps() == 24)
    #expect(try steps("training.batchSize=1000") == 3)
    #expect(try steps("training.batchSize=9223372036854775807") == 1)
    #expect(try steps("trainingImages=9223372036854775807", "training.batchSize=1000") == 59)
    #expect(try steps("trainingImages=null", "training.batchSize=1000") == 59)
    #expect(try steps("trainingImages=1001") == 1)
    #expect(try steps("training.batchSize=null") == 1)
  }

  @Test(
    "A step in micro-batches moves the weights as one of the whole batch, by every method that says so",
    .needsData(DatasetCatalog.fashionMNIST), arguments: MethodName.allCases.filter(\.row.isAdditive))
  func microBatches(_ method: MethodName) throws {
    func step(_ settings: [String]) throws -> (weights: [String: Tensor], loss: Double) {
      let trainer = try Experiment<ImageClassificationTask>(preset: "debug", assignments: settings)
        .trainer(method, seed: 1)
      let loss = try trainer.step(on: trainer.task.batch(0)).item
      return (trainer.task.store.tensors, loss)
    }
    let whole = try step([])
    for settings in [[], ["training.update=fused"], ["training.memory=replay"]] {
      let parts = try step(["training.microBatches=3"] + settings)
      #expect(abs(parts.loss - whole.loss) < 1e-5 * whole.loss)
      for (path, weight) in whole.weights {
        #expect(try #require(parts.weights[path]).relativeDifference(from: weight) < 1e-5, "\(path)")
      }
    }
  }

  @Test(
    "Each image's own error makes hidden layers learn as many times faster as a batch has images, in micro-batches too",
    .needsData(DatasetCatalog.fashionMNIST), arguments: [1, 3])
  func reduction(_ microBatches: Int) throws {
    func moves(_ reduction: String) throws -> [String: Tensor] {
      let settings = ["feedback.reduction=\(reduction)", "training.microBatches=\(microBatches)"]
      let trainer = try Experiment<ImageClassificationTask>(
        preset: "debug", assignments: settings + ["optimizer.rule=sgd", "optimizer.learningRate=0.01"]
      ).trainer(.dfa, seed: 1)
      let before = trainer.task.store.tensors.mapValues { $0.detached().cloned() }
      try trainer.step(on: trainer.task.batch(0))
      return trainer.task.store.tensors.reduce(into: [:]) { moves, tensor in
        moves[tensor.key] = before[tensor.key].map { (tensor.value - $0).detached() }
      }
    }
    let (mean, sum) = (try moves("mean"), try moves("sum"))
    for (path, move) in mean {
      let expected = path.hasPrefix("head/") ? move : move * 128
      #expect(try #require(sum[path]).relativeDifference(from: expected) < 1e-3, "\(path)")
    }
  }

  @Test("Without validation images the last epoch must count") func unvalidated() throws {
    func configuration(_ settings: String...) throws -> ImageClassificationConfiguration {
      try Experiment<ImageClassificationTask>(
        preset: "debug", assignments: ["validationImages=0"] + settings
      ).configuration(.dfa)
    }
    #expect(throws: ConfigurationError.self) { try configuration() }
    #expect(throws: ConfigurationError.self) {
      try configuration("training.selection=last", "training.patience=3 epochs")
    }
    #expect(throws: ConfigurationError.self) {
      try configuration("training.selection=last", "optimizer.schedule=plateau")
    }
    #expect(try configuration("training.selection=last").validationImages == 0)
  }

  @Test(
    "CIFAR-10 trains both networks and reports the last epoch", .needsData(DatasetCatalog.cifar10),
    arguments: ["mlp-cifar-10", "mlp-cifar-10-tuned", "cnn-cifar-10"])
  func cifar(_ preset: String) throws {
    let settings = ["training.epochs=1", "trainingImages=512", "training.batchSize=64"]
    let trainer = try Experiment<ImageClassificationTask>(
      preset: preset, assignments: settings + (preset.hasPrefix("mlp") ? ["hidden=[32]"] : [])
    ).trainer(.dfa, seed: 1)
    try trainer.train()
    let metrics = try trainer.result().metrics
    #expect(metrics.keys.sorted() == ["testAccuracy", "testLoss", "trainLoss"])
    #expect(try !trainer.measureAlignment().isEmpty)
  }

  @Test(
    "Accuracy on training images is measured on as many as are asked for",
    .needsData(DatasetCatalog.fashionMNIST))
  func trainAccuracy() throws {
    func accuracy(_ images: Int) throws -> Double? {
      let task = try Experiment<ImageClassificationTask>(
        preset: "debug", assignments: ["evaluatedTrainingImages=\(images)"]
      ).trainer(.bp, seed: 1).task
      return task.evaluate(.training, Pass(.evaluation, generator: RandomGenerator(seed: 1)))[.accuracy]
    }
    #expect(try accuracy(0) == nil)
    // Of four images a multiple of a quarter is right; beyond the 3,000 there are none.
    #expect(try #require(try accuracy(4)) * 4 == (try #require(try accuracy(4)) * 4).rounded())
    #expect(try accuracy(3_000) == accuracy(50_000) && accuracy(3_000) != nil)
    #expect(throws: ConfigurationError.self) { try accuracy(-1) }
  }

  @Test("Setting all images apart is an error", .needsData(DatasetCatalog.fashionMNIST)) func none() {
    #expect(
      throws: ConfigurationError.value(
        key: "validationImages", reason: "must be less than the 1000 training images, not 1000")
    ) {
      try Experiment<ImageClassificationTask>(preset: "debug", assignments: ["trainingImages=1000"])
        .trainer(.bp, seed: 1)
    }
  }

  @Test("DFA learns Fashion-MNIST from few images", .needsData(DatasetCatalog.fashionMNIST)) func learns()
    throws
  {
    for method in [MethodName.bp, .dfa] {
      let trainer = try Experiment<ImageClassificationTask>(preset: "debug").trainer(method, seed: 0)
      try trainer.train()
      #expect(try #require(trainer.result().metrics["testAccuracy"]) > 0.7)
    }
  }
}
