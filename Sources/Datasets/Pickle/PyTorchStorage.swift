/// Where the elements of tensors are, as the pickle of a PyTorch checkpoint names it.
struct PyTorchStorage: Equatable {
  /// What the file calls it.
  let key: String
  /// The type of its elements.
  let element: PyTorchTensor.Element
  /// How many elements it has.
  let count: Int
  /// The elements that the tensor is about: all of them but in files of PyTorch before 0.4.
  let view: Range<Int>

  /// The storage of a name.
  /// - Throws: ``DataError/malformed(path:offset:reason:)``.
  init(_ identifier: PickleValue, in pickle: Pickle) throws {
    let parts = try pickle.tuple(identifier, "the name of a storage")
    guard (5...6).contains(parts.count), pickle.string(parts[0]) == "storage",
      case .global(let type) = parts[1], let element = PyTorchTensor.Element(type),
      let key = pickle.string(parts[2]), case .integer(let count) = parts[4], count >= 0
    else { throw pickle.malformed("a storage has no name that PyTorch gives") }
    (self.key, self.element, self.count) = (key, element, count)
    guard parts.count == 6, parts[5] != .none else {
      view = 0..<count
      return
    }
    let limits = try pickle.tuple(parts[5], count: 3, "a view of a storage")
    let start = try pickle.integer(limits[1], "where a view of a storage begins")
    let length = try pickle.integer(limits[2], "the length of a view of a storage")
    guard start >= 0, length >= 0, length <= count, start <= count - length else {
      throw pickle.malformed("a view lies outside the storage \"\(key)\"")
    }
    view = start..<start + length
  }

  /// The bytes that the tensor is about, of those of the whole storage.
  func viewed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.startIndex + view.lowerBound * element.byteCount
    return bytes[start..<start + view.count * element.byteCount]
  }

  /// The storages that a pickle names, by key.
  /// - Throws: ``DataError/malformed(path:offset:reason:)``, also when two of a key differ.
  static func all(in pickle: Pickle) throws -> [String: PyTorchStorage] {
    var found: [String: PyTorchStorage] = [:]
    for object in pickle.objects {
      guard case .outside(let identifier) = object.kind else { continue }
      let storage = try PyTorchStorage(identifier, in: pickle)
      if let other = found[storage.key], other.element != storage.element || other.count != storage.count {
        throw pickle.malformed("the storage \"\(storage.key)\" has two types or lengths")
      }
      found[storage.key] = storage
    }
    return found
  }
}
