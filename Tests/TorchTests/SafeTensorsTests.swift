import Foundation
import TestSupport
import Testing
import Torch

@Suite("SafeTensors") struct SafeTensorsTests {
  /// A tensor of each type with values at its limits.
  static var everyType: [String: Tensor] {
    [
      "bfloat16": Tensor([1.5, -2, 0, 3] as [Float]).to(.bfloat16),
      "bool": Tensor([true, false, true], shape: [1, 3]),
      "empty": .zeros([0, 3]),
      "float16": Tensor([0.5, -1.25] as [Float], shape: [2, 1]).to(.float16),
      "float32": Tensor([1, -2.5, 3.25, 0.1, 1e-30, 1e30] as [Float], shape: [2, 3]),
      "float64": Tensor([0.1, -1e300]),
      "int32": Tensor([Int32.min, .max]),
      "int64": Tensor([Int64.min, .max], shape: [1, 2, 1]),
      "layer/ä \"quoted\"": Tensor([7] as [Float]),
      "scalar": Tensor(4.5),
      "uint8": Tensor([0, 127, 255] as [UInt8]),
    ]
  }

  private func equal(_ x: [String: Tensor], _ y: [String: Tensor]) -> Bool {
    x.keys == y.keys && x.allSatisfy { y[$0]?.equals($1) == true }
  }

  @Test("What is written is read: every type, empty and scalar tensors, any name, metadata") func roundTrip()
    throws
  {
    let file = SafeTensors(tensors: Self.everyType, metadata: ["seed": "1", "ä\n": "\"\\/"])
    let read = try SafeTensors(file.data())
    #expect(equal(read.tensors, Self.everyType))
    #expect(read.metadata == file.metadata)
    #expect(read.data() == file.data())
  }

  @Test("A file without tensors, with or without metadata") func noTensors() throws {
    #expect(try SafeTensors(SafeTensors(tensors: [:]).data()).tensors.isEmpty)
    #expect(try SafeTensors(SafeTensors(tensors: [:], metadata: ["a": "b"]).data()).metadata == ["a": "b"])
  }

  @Test("Bits of floating-point numbers survive: NaN, infinity, negative zero") func bits() throws {
    let values: [Float] = [.nan, -.infinity, -0.0, .leastNonzeroMagnitude]
    let read = try SafeTensors(SafeTensors(tensors: ["x": Tensor(values)]).data())
    #expect(read.tensors["x"]?.scalars(Float.self).map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test("A view is written as the elements it shows") func view() throws {
    let x = Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
    let read = try SafeTensors(SafeTensors(tensors: ["x": x.transposed(), "y": x.selected(1, 1)]).data())
    #expect(read.tensors["x"]?.scalars(Float.self) == [1, 3, 2, 4])
    #expect(read.tensors["y"]?.scalars(Float.self) == [2, 4])
  }

  @Test("A file that Python wrote is read") func fromPython() throws {
    let data = try #require(Data(base64Encoded: safeTensorsGolden, options: .ignoreUnknownCharacters))
    let file = try SafeTensors(data)
    #expect(equal(file.tensors, Self.everyType))
    #expect(file.metadata == ["format": "pt", "note": "from Python: ä\n\"x\""])
  }

  @Test("Elements begin at a multiple of 8 in the file, and each tensor's at a multiple of its type's size")
  func alignment() throws {
    let data = SafeTensors(tensors: Self.everyType, metadata: ["a": "b"]).data()
    let length = data.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    #expect(length % 8 == 0)
    let json = try JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length))
    let header = try #require(json as? [String: [String: Any]])
    for (name, tensor) in Self.everyType {
      let offsets = try #require(header[name]?["data_offsets"] as? [Int])
      #expect(offsets[0] % tensor.dtype.byteCount == 0, "\(name)")
    }
  }

  @Test("A slice of data that does not begin at index 0 is read") func slice() throws {
    let data = Data([1, 2, 3]) + SafeTensors(tensors: Self.everyType).data()
    #expect(equal(try SafeTensors(data.dropFirst(3)).tensors, Self.everyType))
  }
}
