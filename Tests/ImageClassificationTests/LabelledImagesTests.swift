import Datasets
import Foundation
import ImageClassification
import TestSupport
import Testing
import Torch

@Suite("Images read from files") struct LabelledImagesTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// Reads a data set of these files under a name of the catalogue.
  private func read(
    _ name: String, _ split: LabelledImages.Split, _ files: [String: [UInt8]]
  ) throws -> LabelledImages {
    let folder = UUID().uuidString
    try scratch.file("\(folder)/x", holding: "")
    for (file, bytes) in files { try Data(bytes).write(to: scratch.file("\(folder)/\(file)")) }
    let dataset = Dataset(
      name: name, summary: "", folder: folder,
      files: files.map { DatasetFile($0, $1.count) }.sorted { $0.path < $1.path },
      sources: [])
    let store = DatasetStore(
      explicit: scratch.url, environment: ["XDG_CACHE_HOME": scratch.file("cache").path])
    return try LabelledImages(dataset, split, from: store)
  }

  private func idx(_ dimensions: [UInt8], _ elements: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)] + dimensions.flatMap { [0, 0, 0, $0] } + elements
  }

  private func mnist(
    _ split: LabelledImages.Split = .training, images: [UInt8] = [2, 2, 3], labels: [UInt8] = [2],
    classes: [UInt8] = [7, 0]
  ) throws -> LabelledImages {
    let count = images.reduce(1) { $0 * Int($1) }
    let names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]
    let test = ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"]
    return try read(
      "mnist", split,
      [
        names[0]: idx(images, (0..<count).map { UInt8($0) }), names[1]: idx(labels, classes),
        test[0]: idx([1, 2, 3], [6, 5, 4, 3, 2, 1]), test[1]: idx([1], [9]),
      ])
  }

  @Test("MNIST's files are images in rows of pixels with their classes, and its parts are apart") func parts()
    throws
  {
    let training = try mnist()
    #expect(training.count == 2 && training.imageShape == [1, 2, 3])
    #expect(training.pixels.equals(Tensor.range(0..<12).reshaped([2, 6]).to(.uint8)))
    #expect(training.labels.scalars(Int64.self) == [7, 0])
    let test = try mnist(.test)
    #expect(test.pixels.scalars(UInt8.self) == [6, 5, 4, 3, 2, 1] && test.labels.scalars(Int64.self) == [9])
    let second = training.part(from: 1, count: 1)
    #expect(second.pixels.scalars(UInt8.self) == Array(6..<12) && second.imageShape == [1, 2, 3])
    #expect(training.gathered(Tensor([Int64(1), 0, 1])).labels.scalars(Int64.self) == [0, 7, 0])
    let normalized = training.normalized(mean: 0.5, deviation: 0.25)
    #expect(abs(normalized.selected(0, 1).selected(0, 5).item - (11.0 / 255 - 0.5) / 0.25) < 1e-6)
  }

  @Test("Images and labels that do not belong together are refused by the file and the reason") func refused()
  {
    #expect { try mnist(images: [2, 6]) } throws: {
      "\($0)".contains("train-images") && "\($0)".contains("2 dimensions where images have 3")
    }
    #expect { try mnist(labels: [3], classes: [7, 0, 1]) } throws: {
      "\($0)".contains("train-labels") && "\($0)".contains("[3] labels for 2 images")
    }
    #expect { try mnist(labels: [2, 1]) } throws: { "\($0)".contains("[2, 1] labels for 2 images") }
    #expect { try mnist(classes: [7, 10]) } throws: {
      "\($0)".contains("train-labels") && "\($0)".contains("a class above 9")
    }
  }

  private func image(_ value: UInt8) -> [UInt8] { [UInt8](repeating: value, count: 3_072) }

  @Test("CIFAR-10's five batches follow each other, and the test batch is apart") func cifar10() throws {
    let batches = (1...5).map { ("data_batch_\($0).bin", [UInt8($0)] + image(UInt8(10 * $0))) }
    let files = Dictionary(
      uniqueKeysWithValues: batches + [("test_batch.bin", [0] + image(3) + [9] + image(4))])
    let training = try read("cifar-10", .training, files)
    #expect(training.labels.scalars(Int64.self) == [1, 2, 3, 4, 5] && training.imageShape == [3, 32, 32])
    #expect(training.pixels.selected(1, 3_071).scalars(UInt8.self) == [10, 20, 30, 40, 50])
    #expect(try read("cifar-10", .test, files).labels.scalars(Int64.self) == [0, 9])
  }

  @Test("CIFAR-100's fine classes count, and a damaged part is refused by its name") func cifar100() throws {
    let files = [
      "train.bin": [19, 99] + image(1) + [0, 42] + image(2), "test.bin": [3, 7] + image(5).dropLast(),
    ]
    #expect(try read("cifar-100", .training, files).labels.scalars(Int64.self) == [99, 42])
    #expect { try read("cifar-100", .test, files) } throws: { "\($0)".contains("test.bin: 3073 bytes") }
  }
}
