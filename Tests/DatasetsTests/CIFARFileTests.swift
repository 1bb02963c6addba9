import Datasets
import TestSupport
import Testing

@Suite("Files of CIFAR") struct CIFARFileTests {
  private func file(_ bytes: [UInt8]) -> DataFile { DataFile(path: "x", bytes: bytes) }

  private func image(_ value: UInt8) -> [UInt8] { [UInt8](repeating: value, count: 3_072) }

  @Test("Each record is a class and an image; of CIFAR-100 the fine class counts") func records() throws {
    let ten = try CIFARFile(file([3] + image(7) + [9] + image(200)), .cifar10)
    #expect(ten.labels == [3, 9])
    #expect(ten.pixels == image(7) + image(200))
    let hundred = try CIFARFile(file([19, 99] + image(1) + [0, 42] + image(2)), .cifar100)
    #expect(hundred.labels == [99, 42])
    #expect(hundred.pixels == image(1) + image(2))
  }

  @Test("Truncated, empty and foreign files are refused by name and place") func refusals() {
    func refusal(_ bytes: [UInt8], _ kind: CIFARFile.Labels) -> String {
      do {
        _ = try CIFARFile(file(bytes), kind)
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      refusal([3] + image(7).dropLast(), .cifar10).contains("3072 bytes, no whole number of images of 3073"))
    #expect(refusal([], .cifar10).contains("0 bytes"))
    #expect(refusal([3] + image(7) + [10] + image(7), .cifar10).contains("class 10 where there are 10"))
    #expect(refusal([0, 100] + image(7), .cifar100).contains("class 100 where there are 100"))
  }

  @Test("CIFAR-10 has 1,000 test images of each class", .needsData(DatasetCatalog.cifar10))
  func test() throws {
    let images = try CIFARFile(DatasetStore().read(DatasetCatalog.cifar10, "test_batch.bin"), .cifar10)
    let counts = images.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[Int($1)] += 1 }
    #expect(counts == [Int](repeating: 1_000, count: 10))
    // Numpy's sum of the test images, whatever their order.
    #expect(images.pixels.reduce(0) { $0 + Int($1) } == 3_733_375_634)
  }
}
