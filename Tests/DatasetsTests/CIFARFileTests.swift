import Datasets
import TestConditions
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

  /// A batch as Python 2 pickles it, with the bytes of an array under `data` and numbers under `labels`.
  private func pickle(
    _ labels: [UInt8], _ data: [UInt8], shape: [UInt16], type: String = "u1", order: String = "|",
    key: String = "labels"
  ) -> [UInt8] {
    func text(_ text: String) -> [UInt8] { [0x55, UInt8(text.utf8.count)] + text.utf8 }
    func word(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    var bytes: [UInt8] =
      [0x80, 2, 0x7d, 0x71, 1, 0x28] + text("batch_label") + text("made") + text(key) + [0x5d, 0x28]
    bytes += labels.flatMap { [0x4b, $0] } + [0x65] + text("data")
    bytes += Array("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n".utf8)
    bytes += [0x4b, 0, 0x85] + text("b") + [0x87, 0x52, 0x28, 0x4b, 1]
    bytes += shape.flatMap { [0x4d, UInt8($0 & 255), UInt8($0 >> 8)] } + [0x86]
    bytes +=
      Array("cnumpy\ndtype\n".utf8) + text(type) + [0x4b, 0, 0x4b, 1, 0x87, 0x52, 0x28, 0x4b, 3] + text(order)
    bytes += [
      0x4e, 0x4e, 0x4e, 0x4a, 255, 255, 255, 255, 0x4a, 255, 255, 255, 255, 0x4b, 0, 0x74, 0x62, 0x89,
    ]
    return bytes + [0x54] + word(data.count) + data + [0x74, 0x62, 0x75, 0x2e]
  }

  @Test("Pickled batches hold the same") func pickled() throws {
    let images = try CIFARFile(
      pickled: file(pickle([3, 9], image(7) + image(200), shape: [2, 3_072])), .cifar10)
    #expect(images == (try CIFARFile(file([3] + image(7) + [9] + image(200)), .cifar10)))
    let fine = pickle([99], image(7), shape: [1, 3_072], key: "fine_labels")
    #expect(
      try CIFARFile(pickled: file(fine), .cifar100) == CIFARFile(file([0, 99] + image(7)), .cifar100))
    #expect { try CIFARFile(pickled: file(fine), .cifar10) } throws: { "\($0)".contains("labels") }
  }

  @Test(
    "Other pickles are refused by what is wrong",
    arguments: [
      ([3, 9], [UInt16(1), 3_072], "u1", "|", "data of [1, 3072] for 2 labels"),
      ([10], [1, 3_072], "u1", "|", "a class that is none of 10"),
      ([], [0, 3_072], "u1", "|", "3072 bytes for the shape [0, 3072]"),
      ([1], [1, 768], "i4", "<", "data of [1, 768] for 1 labels"),
      ([1], [1, 3_072], "u1", "<", "only u1 and little-endian"),
    ] as [([UInt8], [UInt16], String, String, String)])
  func refusedPickles(_ labels: [UInt8], _ shape: [UInt16], _ type: String, _ order: String, _ reason: String)
  {
    #expect {
      try CIFARFile(pickled: file(pickle(labels, image(7), shape: shape, type: type, order: order)), .cifar10)
    } throws: { "\($0)".contains(reason) }
  }

  @Test("A pickled batch that ends anywhere early is refused by its name") func truncatedPickles() {
    let whole = pickle([3, 9], image(7) + image(200), shape: [2, 3_072])
    let ends =
      Array(0..<220) + stride(from: 220, to: whole.count, by: 97) + [whole.count - 2, whole.count - 1]
    for end in ends {
      #expect { try CIFARFile(pickled: file(Array(whole.prefix(end))), .cifar10) } throws: { error in
        guard case DataError.malformed("x", _, _) = error else { return false }
        return true
      }
    }
  }

  @Test("A pickled batch with a damaged byte is refused, or another batch, and never a crash")
  func damagedPickles()
    throws
  {
    let whole = pickle([3, 9], image(7) + image(200), shape: [2, 3_072])
    let content = try #require(whole.firstIndex(of: 0x54))
    for index in 0..<content + 5 {
      for mask: UInt8 in [0x01, 0x20, 0x80, 0xff] {
        var bytes = whole
        bytes[index] ^= mask
        do {
          let images = try CIFARFile(pickled: file(bytes), .cifar10)
          #expect(images.labels.count == 2 && images.pixels.count == 2 * 3_072, "byte \(index)")
        } catch is DataError {}
      }
    }
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
