/// An array of numbers that NumPy saved (`.npy`), rows first in memory.
///
/// Read are booleans, whole numbers of 8 to 64 bits and floating-point numbers of 16 to 64, little-endian. Arrays of Python
/// objects are pickles, which are never loaded.
///
/// **Source** NumPy enhancement proposal 1, "A simple file format for NumPy arrays".
public struct NumPyArray: Sendable, Equatable {
  /// The type of the elements, as NumPy writes it.
  public enum Element: String, Sendable {
    case bool = "b1"
    case int8 = "i1"
    case uint8 = "u1"
    case int16 = "i2"
    case uint16 = "u2"
    case int32 = "i4"
    case uint32 = "u4"
    case int64 = "i8"
    case uint64 = "u8"
    case float16 = "f2"
    case float32 = "f4"
    case float64 = "f8"

    /// The bytes of an element.
    public var byteCount: Int {
      switch self {
      case .bool, .int8, .uint8: 1
      case .int16, .uint16, .float16: 2
      case .int32, .uint32, .float32: 4
      case .int64, .uint64, .float64: 8
      }
    }

    /// Whether elements are floating-point numbers.
    public var isFloat: Bool { [.float16, .float32, .float64].contains(self) }
  }

  /// What messages call it: the name of the array.
  public let name: String
  /// The file that it came from.
  public let path: String
  /// The dimensions, outermost first.
  public let shape: [Int]
  /// The type of the elements.
  public let element: Element
  /// The elements, rows first.
  let bytes: ArraySlice<UInt8>

  /// Reads the content of an `.npy` file.
  /// - Parameters:
  ///   - content: The content.
  ///   - name: What messages call it.
  ///   - path: The file that it came from.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when it is none, of another type, or not as long as its shape
  ///   demands.
  public init(_ content: [UInt8], name: String, path: String) throws(DataError) {
    (self.name, self.path) = (name, path)
    let header = try NumPyHeader(content, name: name, path: path)
    (shape, element) = (header.shape, header.element)
    let elements = content[header.byteCount...]
    guard header.contentCount == elements.count else {
      throw .unusable(
        path: path,
        reason: "the array \"\(name)\" has \(elements.count) bytes, where its shape \(header.shape) of "
          + "\(header.element.rawValue) needs \(header.contentCount.map(String.init) ?? "more than there can be")",
        remedy: "save it again by numpy.save or numpy.savez")
    }
    bytes = header.isColumnsFirst ? Self.rowsFirst(elements, shape, element.byteCount)[...] : elements
  }

  /// An array of elements that are as many as its shape demands, rows first.
  init(name: String, path: String, shape: [Int], element: Element, bytes: ArraySlice<UInt8>) {
    (self.name, self.path, self.shape, self.element) = (name, path, shape, element)
    self.bytes = bytes
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The elements of an array of booleans or whole numbers.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when it has fractions, or a number above 2^63 - 1.
  public func integers() throws(DataError) -> [Int] {
    switch element {
    case .bool, .uint8: return bytes.map(Int.init)
    case .int8: return values(Int8.self).map(Int.init)
    case .int16: return values(Int16.self).map(Int.init)
    case .uint16: return values(UInt16.self).map(Int.init)
    case .int32: return values(Int32.self).map(Int.init)
    case .uint32: return values(UInt32.self).map(Int.init)
    case .int64: return values(Int64.self).map(Int.init)
    case .uint64:
      let numbers = values(UInt64.self)
      guard numbers.allSatisfy({ $0 <= UInt64(Int.max) }) else {
        throw unusable("has numbers above \(Int.max)", "save it as int64")
      }
      return numbers.map(Int.init)
    case .float16, .float32, .float64:
      throw unusable(
        "has numbers of type \(element.rawValue), where whole numbers must be", "save it as int64")
    }
  }

  /// The elements in single precision.
  public func floats() -> [Float] {
    switch element {
    case .float16: return values(UInt16.self).map(Self.float(half:))
    case .float32: return values(Float.self)
    case .float64: return values(Double.self).map { Float($0) }
    case .int64: return values(Int64.self).map { Float($0) }
    case .uint64: return values(UInt64.self).map { Float($0) }
    case .bool, .uint8: return bytes.map { Float($0) }
    case .int8: return values(Int8.self).map { Float($0) }
    case .int16: return values(Int16.self).map { Float($0) }
    case .uint16: return values(UInt16.self).map { Float($0) }
    case .int32: return values(Int32.self).map { Float($0) }
    case .uint32: return values(UInt32.self).map { Float($0) }
    }
  }

  /// The elements in double precision.
  public func doubles() -> [Double] {
    switch element {
    case .float64: values(Double.self)
    case .int64: values(Int64.self).map { Double($0) }
    case .uint64: values(UInt64.self).map { Double($0) }
    case .int32: values(Int32.self).map { Double($0) }
    case .uint32: values(UInt32.self).map { Double($0) }
    // Single precision has every value of the others.
    case .float32, .float16, .bool, .int8, .uint8, .int16, .uint16: floats().map { Double($0) }
    }
  }

  /// The elements of an array of booleans, or of bytes.
  public func unsignedBytes() -> ArraySlice<UInt8> { bytes }

  /// An error that names the array.
  public func unusable(_ reason: String, _ remedy: String) -> DataError {
    .unusable(path: path, reason: "the array \"\(name)\" \(reason)", remedy: remedy)
  }

  private func values<Value: BitwiseCopyable>(_ type: Value.Type) -> [Value] {
    let count = bytes.count / MemoryLayout<Value>.stride
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      initialized = count
    }
  }

  /// The number of half precision with these bits: a sign, five bits of exponent, ten of fraction.
  private static func float(half bits: UInt16) -> Float {
    let (exponent, fraction) = (Int(bits >> 10 & 0x1f), Float(bits & 0x3ff))
    let size: Float =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 0x1f: fraction == 0 ? .infinity : .nan
      default: (1_024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return bits >> 15 == 1 ? -size : size
  }

  /// The elements of an array that has its columns first in memory, rows first.
  private static func rowsFirst(_ bytes: ArraySlice<UInt8>, _ shape: [Int], _ width: Int) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    // How far apart in memory neighbours of each dimension are.
    let strides = shape.indices.map { shape[..<$0].reduce(width, *) }
    var place = [Int](repeating: 0, count: shape.count)
    var offset = 0
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, initialized in
      for start in stride(from: 0, to: bytes.count, by: width) {
        for byte in 0..<width { buffer[start + byte] = bytes[bytes.startIndex + offset + byte] }
        // The next place, the last dimension first.
        for dimension in shape.indices.reversed() {
          place[dimension] += 1
          offset += strides[dimension]
          if place[dimension] < shape[dimension] { break }
          offset -= strides[dimension] * shape[dimension]
          place[dimension] = 0
        }
      }
      initialized = bytes.count
    }
  }
}
