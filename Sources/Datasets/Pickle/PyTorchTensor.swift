/// A tensor of a PyTorch checkpoint.
public struct PyTorchTensor: Sendable {
  /// The type of the elements, as PyTorch calls it.
  public enum Element: String, Sendable {
    case bool
    case uint8
    case int8
    case int16
    case int32
    case int64
    case float16
    case bfloat16
    case float32
    case float64

    /// The type of the elements of a storage; nil where the name is of something else.
    init?(_ storage: PickleGlobal) {
      switch storage {
      case .boolStorage: self = .bool
      case .byteStorage: self = .uint8
      case .charStorage: self = .int8
      case .shortStorage: self = .int16
      case .intStorage: self = .int32
      case .longStorage: self = .int64
      case .halfStorage: self = .float16
      case .bfloat16Storage: self = .bfloat16
      case .floatStorage: self = .float32
      case .doubleStorage: self = .float64
      default: return nil
      }
    }

    /// The bytes of an element.
    public var byteCount: Int { self == .bfloat16 ? 2 : array.byteCount }

    /// The type of an array of the same numbers: `bfloat16`, which NumPy has not, is widened.
    var array: NumPyArray.Element {
      switch self {
      case .bool: .bool
      case .uint8: .uint8
      case .int8: .int8
      case .int16: .int16
      case .int32: .int32
      case .int64: .int64
      case .float16: .float16
      case .bfloat16, .float32: .float32
      case .float64: .float64
      }
    }
  }

  /// What it is called: the keys that lead to it, such as `model.layer1.weight`.
  public let name: String
  /// The file that it came from.
  public let path: String
  /// The dimensions, outermost first.
  public let shape: [Int]
  /// The type of the elements.
  public let element: Element
  /// How many elements of the storage lie between neighbours of each dimension.
  private let strides: [Int]
  /// The element of the storage that is the first one here.
  private let offset: Int
  private let storage: ArraySlice<UInt8>

  /// A tensor that sees some elements of a storage.
  /// - Returns: Nil where it would see others than there are, or some of them more than once over.
  init?(
    name: String, path: String, shape: [Int], strides: [Int], offset: Int, element: Element,
    storage: ArraySlice<UInt8>
  ) {
    let available = storage.count / element.byteCount
    guard shape.count == strides.count, shape.count <= 64, (0...available).contains(offset),
      (shape + strides).allSatisfy({ $0 >= 0 })
    else { return nil }
    var (count, last) = (1, offset)
    let isEmpty = shape.contains(0)
    for (dimension, stride) in zip(shape, strides) where !isEmpty {
      let (product, isTooMany) = count.multipliedReportingOverflow(by: dimension)
      let (reach, isTooLong) = stride.multipliedReportingOverflow(by: dimension - 1)
      guard !isTooMany, !isTooLong, product <= available, reach < available - last else { return nil }
      (count, last) = (product, last + reach)
    }
    guard isEmpty || last < available else { return nil }
    (self.name, self.path, self.shape, self.element) = (name, path, shape, element)
    (self.offset, self.storage) = (offset, storage)
    // Where there is but one element, how far the next is says nothing, and may be any number.
    self.strides = zip(shape, strides).map { $0 > 1 ? $1 : 0 }
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The elements, rows first; those of `bfloat16` in single precision.
  public func array() -> NumPyArray {
    let bytes = element == .bfloat16 ? Self.widened(gathered()) : gathered()
    return NumPyArray(name: name, path: path, shape: shape, element: element.array, bytes: bytes)
  }

  /// The elements in single precision, rows first.
  public func floats() -> [Float] { array().floats() }

  /// The elements of a tensor of booleans or whole numbers, rows first.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when they are others.
  public func integers() throws(DataError) -> [Int] { try array().integers() }

  /// The bytes of the elements, rows first.
  private func gathered() -> ArraySlice<UInt8> {
    let width = element.byteCount
    let start = storage.startIndex + offset * width
    guard !shape.contains(0) else { return [] }
    var expected = 1
    let isDense = zip(shape, strides).reversed().allSatisfy { dimension, stride in
      defer { expected *= dimension }
      return dimension == 1 || stride == expected
    }
    if isDense { return storage[start..<start + count * width] }
    var place = [Int](repeating: 0, count: shape.count)
    var source = start
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * width)
    for _ in 0..<count {
      bytes += storage[source..<source + width]
      // The next place, the last dimension first.
      for dimension in shape.indices.reversed() {
        place[dimension] += 1
        source += strides[dimension] * width
        if place[dimension] < shape[dimension] { break }
        source -= strides[dimension] * shape[dimension] * width
        place[dimension] = 0
      }
    }
    return bytes[...]
  }

  /// Numbers of `bfloat16`, the upper half of those of single precision, as such.
  private static func widened(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var wide: [UInt8] = []
    wide.reserveCapacity(bytes.count * 2)
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
      wide += [0, 0, bytes[start], bytes[start + 1]]
    }
    return wide[...]
  }
}
