/// The type of a tensor's elements; the raw value is LibTorch's code.
public enum DType: Int8, Sendable, CaseIterable {
  case uint8 = 0
  case int8 = 1
  case int32 = 3
  case int64 = 4
  case float16 = 5
  case float32 = 6
  case float64 = 7
  case bool = 11
  case bfloat16 = 15

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether the elements are real numbers, which can carry gradients.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    case .uint8, .int8, .bool, .int32, .int64: false
    }
  }
}

/// A Swift type whose values are the elements of tensors.
public protocol TensorScalar: BitwiseCopyable, Sendable {
  /// The element type of a tensor made of such values.
  static var dtype: DType { get }
}

extension UInt8: TensorScalar {
  /// `uint8`
  public static var dtype: DType { .uint8 }
}
extension Int32: TensorScalar {
  /// `int32`
  public static var dtype: DType { .int32 }
}
extension Int64: TensorScalar {
  /// `int64`
  public static var dtype: DType { .int64 }
}
extension Int: TensorScalar {
  /// `int64`
  public static var dtype: DType { .int64 }
}
extension Float: TensorScalar {
  /// `float32`
  public static var dtype: DType { .float32 }
}
extension Double: TensorScalar {
  /// `float64`
  public static var dtype: DType { .float64 }
}
extension Bool: TensorScalar {
  /// `bool`
  public static var dtype: DType { .bool }
}
