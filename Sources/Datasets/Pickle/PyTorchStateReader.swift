/// Gives the tensors and numbers in the dictionaries of a checkpoint names of the keys that lead to them.
struct PyTorchStateReader {
  /// How deep dictionaries may lie in each other.
  private static let depthLimit = 64

  /// The tensors so far, by name.
  private(set) var tensors: [String: PyTorchTensor] = [:]
  /// The numbers so far, by name.
  private(set) var numbers: [String: Double] = [:]

  private let archive: PyTorchArchive
  private let path: String
  private var pickle: Pickle { archive.pickle }
  /// How many bytes names may yet have: a dictionary that lies in several others is there several times, and could be more
  /// often than memory holds.
  private var room: Int

  /// Reads all of an archive.
  /// - Throws: ``DataError/malformed(path:offset:reason:)``.
  init(_ archive: PyTorchArchive, path: String) throws {
    (self.archive, self.path) = (archive, path)
    room = 64 * archive.pickle.file.bytes.count
    try read(archive.pickle.root, [])
  }

  private mutating func read(_ value: PickleValue, _ keys: [String]) throws {
    let name = keys.joined(separator: ".")
    room -= name.utf8.count + 1
    guard keys.count <= Self.depthLimit, room >= 0 else {
      throw pickle.malformed("its dictionaries lie in each other too deep, or too often")
    }
    switch value {
    case .none, .text, .unicode, .global: break
    case .bool(let value): try add(value ? 1 : 0, to: \.numbers, name)
    case .integer(let value): try add(Double(value), to: \.numbers, name)
    case .float(let value): try add(value, to: \.numbers, name)
    case .object(let index): try read(pickle.objects[index], keys, name)
    }
  }

  private mutating func read(_ object: PickleObject, _ keys: [String], _ name: String) throws {
    switch object.kind {
    case .tuple, .list:
      for (index, item) in object.items.enumerated() { try read(item, keys + ["\(index)"]) }
    case .dictionary, .instance(of: .global(.orderedDictionary), _),
      .instance(of: .global(.defaultDictionary), _):
      guard object.items.count.isMultiple(of: 2) else { throw pickle.malformed("a key without a value") }
      for index in stride(from: 0, to: object.items.count, by: 2) {
        if let key = key(object.items[index]) { try read(object.items[index + 1], keys + [key]) }
      }
    case .instance(of: .global(.rebuildTensor), let arguments):
      try add(tensor(arguments, name), to: \.tensors, name)
    case .instance(of: .global(.rebuildParameter), let arguments):
      // The tensor, whether it is trained, and hooks.
      let parts = try pickle.tuple(arguments, count: 3, "the parameter \"\(name)\"")
      guard case .object(let index) = parts[0],
        case .instance(of: .global(.rebuildTensor), let arguments) = pickle.objects[index].kind
      else { throw pickle.malformed("the parameter \"\(name)\" is no tensor") }
      try add(tensor(arguments, name), to: \.tensors, name)
    case .instance, .outside: break
    }
  }

  private func key(_ value: PickleValue) -> String? {
    if case .integer(let number) = value { return String(number) }
    return pickle.string(value)
  }

  private mutating func add<Value>(
    _ value: Value, to values: WritableKeyPath<Self, [String: Value]>, _ name: String
  ) throws {
    guard tensors[name] == nil, numbers[name] == nil else {
      throw pickle.malformed("two values are called \"\(name)\"")
    }
    self[keyPath: values][name] = value
  }

  private func tensor(_ arguments: PickleValue, _ name: String) throws -> PyTorchTensor {
    // The storage, where in it the tensor begins, shape, strides, whether it has a gradient, hooks, and what PyTorch 2 adds.
    let parts = try pickle.tuple(arguments, "the tensor \"\(name)\"")
    guard (6...7).contains(parts.count) else { throw pickle.malformed("expected the tensor \"\(name)\"") }
    let reference = try pickle.object(parts[0], "the storage of \"\(name)\"") {
      if case .outside = $0.kind { true } else { false }
    }
    guard case .outside(let identifier) = reference.kind else {
      throw pickle.malformed("expected the storage of \"\(name)\"")
    }
    let storage = try PyTorchStorage(identifier, in: pickle)
    guard let bytes = archive.storages[storage.key] else {
      throw pickle.malformed("the storage \"\(storage.key)\" is missing")
    }
    let offset = try pickle.integer(parts[1], "where \"\(name)\" begins")
    let (shape, strides) = (try sizes(parts[2], "the shape", name), try sizes(parts[3], "the strides", name))
    guard
      let tensor = PyTorchTensor(
        name: name, path: path, shape: shape, strides: strides, offset: offset, element: storage.element,
        storage: storage.viewed(bytes))
    else {
      throw pickle.malformed(
        "the tensor \"\(name)\" of shape \(shape), strides \(strides) and offset \(offset) does not fit its "
          + "storage of \(storage.view.count) elements")
    }
    return tensor
  }

  private func sizes(_ value: PickleValue, _ what: String, _ name: String) throws -> [Int] {
    try pickle.tuple(value, "\(what) of \"\(name)\"").prefix(65).map {
      try pickle.integer($0, "\(what) of \"\(name)\"")
    }
  }
}
