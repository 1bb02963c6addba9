import TestSupport

/// Files of `torch.save`, written by hand for tests.
enum PickledCheckpoint {
  /// A string.
  static func text(_ text: String) -> [UInt8] { [0x58] + number(text.utf8.count, 4) + text.utf8 }

  /// A whole number of 32 bits, or of 64.
  static func integer(_ value: Int) -> [UInt8] {
    Int32(exactly: value) == nil ? [0x8a, 8] + number(value, 8) : [0x4a] + number(value, 4)
  }

  /// A name.
  static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

  /// A tuple.
  static func tuple(_ items: [[UInt8]]) -> [UInt8] { [0x28] + items.joined() + [0x74] }

  /// A dictionary.
  static func dictionary(_ items: [(key: String, value: [UInt8])]) -> [UInt8] {
    [0x7d, 0x28] + items.flatMap { text($0.key) + $0.value } + [0x75]
  }

  /// What refers to a storage.
  static func storage(
    _ key: String, _ count: Int, type: String = "FloatStorage",
    view: (key: String, start: Int, count: Int)? = nil
  ) -> [UInt8] {
    let view = view.map { tuple([text($0.key), integer($0.start), integer($0.count)]) } ?? [0x4e]
    return tuple([text("storage"), global("torch", type), text(key), text("cpu"), integer(count), view]) + [
      0x51
    ]
  }

  /// A tensor that sees some elements of a storage.
  static func tensor(_ storage: [UInt8], offset: Int = 0, shape: [Int], strides: [Int]) -> [UInt8] {
    let hooks = global("collections", "OrderedDict") + [0x29, 0x52]
    return global("torch._utils", "_rebuild_tensor_v2")
      + tuple([
        storage, integer(offset), tuple(shape.map(integer)), tuple(strides.map(integer)), [0x89], hooks,
      ]) + [0x52]
  }

  /// A file as PyTorch wrote it before 1.6.
  /// - Parameters:
  ///   - root: What was saved.
  ///   - storages: The keys, counts and bytes of the storages.
  static func pickles(
    _ root: [UInt8], _ storages: [(key: String, count: Int, bytes: [UInt8])] = []
  ) -> [UInt8] {
    func pickle(_ value: [UInt8]) -> [UInt8] { [0x80, 2] + value + [0x2e] }
    return pickle([0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19])
      + pickle(integer(1001)) + pickle(dictionary([("little_endian", [0x88])])) + pickle(root)
      + pickle([0x5d, 0x28] + storages.flatMap { text($0.key) } + [0x65])
      + storages.flatMap { number($0.count, 8) + $0.bytes }
  }

  /// A file as PyTorch writes it since 1.6.
  static func zip(
    _ root: [UInt8], _ storages: [(key: String, bytes: [UInt8])] = [], order: String = "little"
  ) -> [UInt8] {
    NumPyFiles.archive(
      entries: [("a/data.pkl", [0x80, 2] + root + [0x2e]), ("a/byteorder", Array(order.utf8))]
        + storages.map { ("a/data/\($0.key)", $0.bytes) })
  }

  /// The bytes of numbers in single precision.
  static func bytes(_ values: [Float]) -> [UInt8] { values.withUnsafeBytes(Array.init) }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
