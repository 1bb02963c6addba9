import Datasets
import Foundation
import ImageClassification
import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Images of one's own") struct OwnImagesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ arrays: [String: NumPyFiles.Array]) throws -> URL {
    let file = folder.file("images.npz")
    try Data(NumPyFiles.archive(arrays)).write(to: file)
    return file
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  /// Bright and dark images of 4 x 4, in turn.
  private func arrays(_ count: Int = 40, shape: [Int] = [4, 4]) -> (x: NumPyFiles.Array, y: NumPyFiles.Array)
  {
    let size = shape.reduce(1, *)
    var pixels: [UInt8] = []
    for place in 0..<count * size { pixels.append(UInt8(place / size % 2 * 200 + place % 17)) }
    return (.init(pixels, [count] + shape), .init((0..<count).map { $0 % 2 }))
  }

  @Test("Arrays of Keras' names are images, in an order that the seed gives") func keras() throws {
    let (train, test) = (arrays(), arrays(6))
    let file = try write(["x_train": train.x, "y_train": train.y, "x_test": test.x, "y_test": test.y])
    let images = try OwnImages(file)
    #expect(images.training.imageShape == [1, 4, 4] && images.classCount == 2 && images.validation == nil)
    #expect(images.training.count == 40 && images.test.count == 6)
    let means = images.training.pixels.to(.float32).mean(1).scalars(Float.self)
    #expect(zip(means, images.training.labels.scalars(Int64.self)).allSatisfy { ($0 > 100) == ($1 == 1) })
    #expect(images.test.labels.scalars(Int64.self) == [0, 1, 0, 1, 0, 1])
    var settings = OwnImages.Settings()
    settings.seed = 1
    #expect(try !OwnImages(file, settings).training.labels.equals(images.training.labels))
    #expect(try OwnImages(file).training.pixels.equals(images.training.pixels))
  }

  @Test("Channels may be last or first, values bytes or fractions; without x_test a share is drawn")
  func layouts() throws {
    var (last, first): ([UInt8], [UInt8]) = ([], [])
    for image: UInt8 in 0..<24 {
      for pixel: UInt8 in 0..<4 { last += [image, pixel, 7] }
      first += [image, image, image, image, 0, 1, 2, 3, 7, 7, 7, 7]
    }
    let y = NumPyFiles.Array((0..<24).map { $0 % 2 })
    let one = try OwnImages(write(["x_train": .init(last, [24, 2, 2, 3]), "y_train": y]))
    let other = try OwnImages(write(["x": .init(first, [24, 3, 2, 2]), "y": y]))
    #expect(one.training.imageShape == [3, 2, 2] && one.training.pixels.equals(other.training.pixels))
    #expect(one.test.pixels.equals(other.test.pixels))
    // A fifth of twelve of each class.
    #expect(one.test.labels.scalars(Int64.self).sorted() == [0, 0, 1, 1] && one.training.count == 20)
    let fractions = (0..<24).flatMap { image -> [Float] in [0, 1, 0.5, Float(image) / 24] }
    let scaled = try OwnImages(write(["x_train": .init(fractions, [24, 2, 2]), "y_train": y]))
    #expect(
      scaled.training.pixels.narrowed(0, start: 0, length: 1).scalars(UInt8.self)[..<3] == [0, 255, 128])
    let statistics = scaled.training.imageShape
    #expect(statistics == [1, 2, 2])
  }

  @Test("A folder is read, scaled and cropped to a square, in colour or grey") func folders() throws {
    let discs = folder.file("discs")
    try DiscImages.write(to: discs)
    var settings = OwnImages.Settings()
    settings.size = 16
    let images = try OwnImages(discs, settings)
    #expect(
      images.training.imageShape == [3, 16, 16] && images.training.count == 24 && images.test.count == 6)
    // Red discs have more red than blue in the middle.
    let middle = images.training.pixels.reshaped([24, 3, 16, 16]).selected(2, 7).selected(2, 7)
    for (pixel, label) in zip(0..<24, images.training.labels.scalars(Int64.self)) {
      let values = middle.selected(0, pixel).scalars(UInt8.self)
      #expect((values[0] > values[2]) == (label == 1))
    }
    settings.grey = true
    #expect(try OwnImages(discs, settings).training.imageShape == [1, 16, 16])
    #expect(
      message { _ = try OwnImages(discs) }.contains("make all images one size by --set own.size=PIXELS"))
    // Without train, a share of the classes' own images is to test; with test, val is for validation.
    let own = try OwnImages(discs.appendingPathComponent("train"), settings)
    #expect(own.test.count == 4 && own.training.count == 20)
    try FileManager.default.copyItem(
      at: discs.appendingPathComponent("val"), to: discs.appendingPathComponent("test"))
    #expect(try OwnImages(discs, settings).validation?.count == 6)
  }

  @Test("Grey is weighed as in Pillow") func grey() throws {
    var settings = OwnImages.Settings()
    settings.grey = true
    let pixels: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]
    let images = try OwnImages(
      write([
        "x_train": .init(pixels + pixels, [2, 2, 2, 3]), "y_train": .init([0, 1]),
        "x_test": .init(pixels, [1, 2, 2, 3]), "y_test": .init([1]),
      ]), settings)
    // As PIL.Image.convert("L") gives them.
    #expect(images.test.pixels.scalars(UInt8.self) == [76, 150, 29, 18])
  }

  /// An array that replaces another, or takes it away, and what is then said.
  static let malformed: [(String, NumPyFiles.Array?, String)] = [
    ("x_train", nil, "has no array \"x_train\" (it has x_test, y_test, y_train)"),
    ("y_train", nil, "has no array \"y_train\""),
    (
      "x_train", .init([1, 2] as [UInt8], [2, 1]),
      "\"x_train\" has the shape [2, 1], where images are [N, height, width]"
    ),
    ("x_train", .init([UInt8](repeating: 0, count: 80), [2, 2, 2, 10]), "or have 1 or 3 channels besides"),
    (
      "x_train", .init([-0.5] + [Float](repeating: 0, count: 7), [2, 2, 2]),
      "\"x_train\" has a pixel of -0.5 (number 0)"
    ),
    ("x_train", .init([.nan] + [Float](repeating: 0, count: 7), [2, 2, 2]), "has a pixel of nan"),
    ("y_train", .init([0, 1, 0]), "\"y_train\" has the shape [3], where the classes of 2 images are [2]"),
    ("y_train", .init([0, 1, 1, 0], [2, 2]), "save numbers of classes, such as by y.argmax(axis=1)"),
    ("y_train", .init([0, -1]), "\"y_train\" has class -1 for image 1"),
    ("y_train", .init([0, 5]), "\"y_train\" has class 5 for image 1"),
    ("y_train", .init([0, 0]), "has class 1, where those trained on are 0 to 0"),
    ("x_test", .init([UInt8](repeating: 0, count: 9), [1, 3, 3]), "\"x_test\" has images of [1, 3, 3]"),
    ("y_test", .init([2]), "\"y_test\" has class 2 for image 0"),
  ]

  @Test("A malformed array is named, with what to do", arguments: malformed.indices)
  func malformedArray(_ index: Int) throws {
    let (name, array, expected) = Self.malformed[index]
    var arrays: [String: NumPyFiles.Array] = [
      "x_train": .init([UInt8](repeating: 0, count: 8), [2, 2, 2]), "y_train": .init([0, 1]),
      "x_test": .init([UInt8](repeating: 0, count: 4), [1, 2, 2]), "y_test": .init([1]),
    ]
    arrays[name] = array
    let message = message { _ = try OwnImages(write(arrays)) }
    #expect(message.contains(expected) && message.contains("images.npz: "), "\(message)")
  }

  @Test("Both networks learn images of one's own", arguments: ["mlp", "cnn"]) func trains(_ model: String)
    throws
  {
    let (train, test) = (arrays(80, shape: [16, 16]), arrays(10, shape: [16, 16]))
    let file = try write(["x_train": train.x, "y_train": train.y, "x_test": test.x, "y_test": test.y])
    let trainer = try Experiment<ImageClassificationTask>(
      preset: "debug",
      assignments: [
        "dataset=\(file.path)", "model=\(model)", "validationImages=20", "training.batchSize=10",
        "optimizer.learningRate=0.01", "training.epochs=4",
      ]
    ).trainer(.dfa, seed: 1)
    try trainer.train()
    #expect(try trainer.result().metrics["testAccuracy"] ?? 0 > 0.9)
  }

  @Test("Images that are too small for a network say so, and not by a trap") func tooSmall() throws {
    let (train, test) = (arrays(), arrays(6))
    let file = try write(["x_train": train.x, "y_train": train.y, "x_test": test.x, "y_test": test.y])
    let message = message {
      _ = try Experiment<ImageClassificationTask>(
        preset: "debug", assignments: ["dataset=\(file.path)", "model=cnn", "validationImages=5"]
      ).trainer(.bp, seed: 0)
    }
    #expect(
      message.contains("cnn takes images of at least 15 x 15 pixels, and these have 4 x 4; set own.size"))
  }
}
