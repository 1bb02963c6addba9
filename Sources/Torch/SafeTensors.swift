import Basics
import Foundation

/// The safetensors format: named tensors and text metadata in one file, as the Python package of that name
/// writes them.
///
/// Layout: the length of a JSON header (8 bytes, little-endian), the header (type, shape and byte range of
/// each tensor), the elements in row-major order.
public struct SafeTensors: Sendable {
  /// The tensors by name.
  public var tensors: [String: Tensor]
  /// Free text by key, kept under `__metadata__`.
  public var metadata: [String: String]

  /// Tensors on any device, and text.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a file's contents.
  /// - Throws: ``SafeTensorsError`` when the bytes are not a complete file of this format.
  public init(_ data: Data) throws {
    guard data.count >= 8 else { throw SafeTensorsError.truncated(bytes: data.count, expected: 8) }
    let length = data.prefix(8).enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << (8 * UInt64($1.offset))
    }
    guard length <= 100_000_000 else { throw SafeTensorsError.malformed("the header claims \(length) bytes") }
    let body = 8 + Int(length)
    guard data.count >= body else { throw SafeTensorsError.truncated(bytes: data.count, expected: body) }
    let header: [String: Entry]
    do {
      header = try JSONDecoder().decode(
        [String: Entry].self, from: data.subdata(in: data.startIndex + 8..<data.startIndex + body))
    } catch {
      throw SafeTensorsError.malformed("the header is not a table of tensors")
    }
    tensors = [:]
    metadata = [:]
    var end = 0
    var entries: [(String, Entry.Place)] = []
    for (name, entry) in header {
      switch entry {
      case .metadata(let text) where name == "__metadata__": metadata = text
      case .tensor(let place) where name != "__metadata__": entries.append((name, place))
      default: throw SafeTensorsError.malformed("the header's '\(name)' is not what its name says")
      }
    }
    for (name, entry) in entries.sorted(by: { ($0.1.start, $0.1.end) < ($1.1.start, $1.1.end) }) {
      guard let dtype = DType(safeTensors: entry.dtype) else {
        throw SafeTensorsError.malformed("\(name) has the unknown type '\(entry.dtype)'")
      }
      guard entry.start == end, entry.end >= entry.start,
        entry.byteCount(of: dtype) == entry.end - entry.start
      else {
        throw SafeTensorsError.malformed("\(name) does not fill its place in the file")
      }
      end = entry.end
      guard data.count - body >= end else {
        let (expected, overflow) = body.addingReportingOverflow(entries.map(\.1.end).reduce(0, Swift.max))
        throw SafeTensorsError.truncated(bytes: data.count, expected: overflow ? Int.max : expected)
      }
      let slice = data[data.startIndex + body + entry.start..<data.startIndex + body + entry.end]
      // Other bytes are no values of `Bool`, in Swift or in C++.
      guard dtype != .bool || slice.allSatisfy({ $0 <= 1 }) else {
        throw SafeTensorsError.malformed("\(name) has a bool that is neither 0 nor 1")
      }
      tensors[name] = slice.withUnsafeBytes { Tensor(bytes: $0, shape: entry.shape, dtype: dtype) }
    }
    guard data.count == body + end else {
      throw SafeTensorsError.malformed("\(data.count - body - end) bytes too many")
    }
  }

  /// The contents of a file.
  public func data() -> Data {
    var header: [String: Entry] = metadata.isEmpty ? [:] : ["__metadata__": .metadata(metadata)]
    var offset = 0
    // Wide types first keeps every tensor aligned, as the reference implementation does.
    let ordered = tensors.sorted { ($1.value.dtype.byteCount, $0.key) < ($0.value.dtype.byteCount, $1.key) }
    for (name, tensor) in ordered {
      let end = offset + tensor.byteCount
      header[name] = .tensor(
        Entry.Place(dtype: tensor.dtype.safeTensorsName, shape: tensor.shape, start: offset, end: end))
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Encoding a table of strings and whole numbers cannot fail.
    var json = (try? encoder.encode(header)) ?? Data("{}".utf8)
    json.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    var data = Data(count: 8 + json.count + offset)
    data.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: UInt64(json.count).littleEndian, as: UInt64.self)
      bytes[8..<8 + json.count].copyBytes(from: json)
      var place = 8 + json.count
      for (_, tensor) in ordered {
        tensor.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: bytes[place..<place + tensor.byteCount]))
        place += tensor.byteCount
      }
    }
    return data
  }
}

/// Bytes that are not a safetensors file.
public enum SafeTensorsError: ReportableError, Equatable {
  /// The file ends early.
  case truncated(bytes: Int, expected: Int)
  /// The header contradicts itself or the file.
  case malformed(String)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is wrong.
  public var description: String {
    switch self {
    case .truncated(let bytes, let expected): "ends after \(bytes) of \(expected) bytes"
    case .malformed(let reason): "is not a safetensors file: \(reason)"
    }
  }
}

/// An entry of the header.
private enum Entry: Codable {
  case tensor(Place)
  case metadata([String: String])

  struct Place: Codable {
    let dtype: String
    let shape: [Int]
    let start: Int
    let end: Int

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }

    init(dtype: String, shape: [Int], start: Int, end: Int) {
      (self.dtype, self.shape, self.start, self.end) = (dtype, shape, start, end)
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      dtype = try container.decode(String.self, forKey: .dtype)
      shape = try container.decode([Int].self, forKey: .shape)
      let offsets = try container.decode([Int].self, forKey: .offsets)
      guard offsets.count == 2, offsets[0] >= 0 else {
        throw DecodingError.dataCorruptedError(
          forKey: .offsets, in: container, debugDescription: "two offsets")
      }
      (start, end) = (offsets[0], offsets[1])
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(dtype, forKey: .dtype)
      try container.encode(shape, forKey: .shape)
      try container.encode([start, end], forKey: .offsets)
    }

    /// Bytes of the shape; nil when a size is negative or the product overflows, a size of 0 taken for 1.
    func byteCount(of dtype: DType) -> Int? {
      var bytes = dtype.byteCount
      for size in shape {
        let (product, overflow) = bytes.multipliedReportingOverflow(by: max(size, 1))
        guard size >= 0, !overflow else { return nil }
        bytes = product
      }
      return shape.contains(0) ? 0 : bytes
    }
  }

  init(from decoder: any Decoder) throws {
    if let place = try? Place(from: decoder) {
      self = .tensor(place)
    } else {
      self = .metadata(try [String: String](from: decoder))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .tensor(let place): try place.encode(to: encoder)
    case .metadata(let text): try text.encode(to: encoder)
    }
  }
}

extension DType {
  fileprivate static let safeTensorsNames: [DType: String] = [
    .uint8: "U8", .int8: "I8", .int32: "I32", .int64: "I64", .float16: "F16", .float32: "F32",
    .float64: "F64", .bool: "BOOL", .bfloat16: "BF16",
  ]
  fileprivate var safeTensorsName: String { DType.safeTensorsNames[self] ?? "U8" }
  fileprivate init?(safeTensors name: String) {
    guard let match = DType.safeTensorsNames.first(where: { $0.value == name }) else { return nil }
    self = match.key
  }
}
