/// A pickled NumPy array of bytes or 32-bit little-endian numbers, rows first.
package struct PickledArray: Sendable {
  /// The type of the elements, as NumPy writes it.
  package enum Element: String, Sendable {
    case int32 = "i4"
    case float32 = "f4"
    case uint8 = "u1"

    var byteCount: Int { self == .uint8 ? 1 : 4 }
    /// As NumPy writes it: bytes have none.
    var byteOrder: String { self == .uint8 ? "|" : "<" }
  }

  /// The dimensions, outermost first.
  package let shape: [Int]
  /// The type of the elements.
  package let element: Element
  private let bytes: ArraySlice<UInt8>
  private let pickle: Pickle

  /// The array that `value` of `pickle` is; `what` names it in errors.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if it is no array of a supported type, or if
  ///   its bytes are not as many as its shape demands.
  package init(_ value: PickleValue?, in pickle: Pickle, _ what: String) throws {
    let (array, arguments) = try pickle.instance(of: .reconstructArray, value, "the array \(what)")
    guard arguments.first == .global(.array) else {
      throw pickle.malformed("\(what) is no plain array")
    }
    // Version, shape, element type, whether columns come first, content.
    let state = try pickle.tuple(array.state, count: 5, "the state of \(what)")
    shape = try pickle.tuple(state[1], "the shape of \(what)").map {
      try pickle.integer($0, "a dimension of \(what)")
    }
    element = try Self.element(state[2], in: pickle, what)
    guard state[3] == .bool(false) else { throw pickle.malformed("\(what) has its columns first") }
    bytes = try pickle.bytes(state[4], "the content of \(what)")
    self.pickle = pickle
    let byteCount = shape.reduce(Optional(element.byteCount)) { product, dimension in
      guard let product, dimension >= 0 else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      return overflow ? nil : next
    }
    guard byteCount == bytes.count else {
      throw pickle.malformed("\(what) has \(bytes.count) bytes for the shape \(shape)")
    }
  }

  /// The elements of an array of integers.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if they are not.
  package func integers() throws -> [Int32] {
    guard element == .int32 else { throw pickle.malformed("integers expected, not \(element.rawValue)") }
    return elements(zero: 0)
  }

  /// The elements of an array of floating-point numbers.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if they are not.
  package func floats() throws -> [Float] {
    guard element == .float32 else { throw pickle.malformed("floats expected, not \(element.rawValue)") }
    return elements(zero: 0)
  }

  /// The elements of an array of bytes.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if they are not.
  package func unsignedBytes() throws -> [UInt8] {
    guard element == .uint8 else { throw pickle.malformed("bytes expected, not \(element.rawValue)") }
    return Array(bytes)
  }

  private func elements<Number>(zero: Number) -> [Number] {
    var numbers = [Number](repeating: zero, count: bytes.count / MemoryLayout<Number>.stride)
    numbers.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    return numbers
  }

  private static func element(_ value: PickleValue, in pickle: Pickle, _ what: String) throws -> Element {
    let (type, arguments) = try pickle.instance(of: .elementType, value, "the element type of \(what)")
    let name = try pickle.text(arguments.first, "the name of the element type of \(what)")
    let state = try pickle.tuple(type.state, "the state of the element type of \(what)")
    guard state.count > 1, let element = Element(rawValue: name),
      try pickle.text(state[1], "the byte order of \(what)") == element.byteOrder
    else {
      throw pickle.malformed(
        "\(what) has elements of type \(name), only u1 and little-endian i4 and f4 are supported")
    }
    return element
  }
}
