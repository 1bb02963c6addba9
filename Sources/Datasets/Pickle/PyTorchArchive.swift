/// The parts of a file of `torch.save`: a pickle, and the bytes that it refers to by name.
struct PyTorchArchive {
  /// What was saved.
  let pickle: Pickle
  /// The bytes of the storages, by key.
  let storages: [String: ArraySlice<UInt8>]

  /// How files of PyTorch before 1.6 begin: the pickle, of protocol 2, of a number of ten bytes.
  private static let magic: [UInt8] = [
    0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
  ]

  /// The version that those files give themselves.
  private static let version = 1001

  /// The parts of a file of either form.
  /// - Throws: ``DataError/malformed(path:offset:reason:)``, ``DataError/unusable(path:reason:remedy:)``.
  init(_ file: DataFile) throws {
    if ZipArchive.isArchive(file.bytes) {
      try self.init(zip: file)
    } else if file.bytes.starts(with: Self.magic) {
      try self.init(pickles: file)
    } else {
      throw DataError.unusable(
        path: file.path, reason: "is not a PyTorch checkpoint: it does not begin as one",
        remedy: "write it by torch.save")
    }
  }

  /// The parts of a file of PyTorch before 1.6: pickles of a magic number, a version, a system, what was saved and the keys of
  /// its storages, then for each key the count and the bytes of its elements.
  private init(pickles file: DataFile) throws {
    var position = Self.magic.count
    guard try Unpickler.load(file, at: &position).root == .integer(Self.version) else {
      throw DataError.malformed(path: file.path, offset: position, reason: "not of version \(Self.version)")
    }
    let system = try Unpickler.load(file, at: &position)
    guard try system.namedValues(system.root, "the system")["little_endian"] == .bool(true) else {
      throw system.malformed("it was saved on a big-endian machine")
    }
    pickle = try Unpickler.load(file, at: &position)
    let keys = try Unpickler.load(file, at: &position)
    let named = try PyTorchStorage.all(in: pickle)
    var storages: [String: ArraySlice<UInt8>] = [:]
    for value in try keys.list(keys.root, "the keys of storages") {
      func fail(_ reason: String) -> DataError {
        .malformed(path: file.path, offset: position, reason: reason)
      }
      guard let key = keys.string(value), let storage = named[key] else {
        throw fail("bytes of a storage that no tensor has")
      }
      guard file.bytes.count - position >= 8 else { throw fail("the file is cut off within its storages") }
      let count = file.bytes[position..<position + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      position += 8
      let byteCount = storage.count.multipliedReportingOverflow(by: storage.element.byteCount)
      guard count == UInt64(storage.count), !byteCount.overflow,
        byteCount.partialValue <= file.bytes.count - position
      else {
        throw fail("\(count) elements of the storage \"\(key)\", where \(storage.count) must be")
      }
      let bytes = file.bytes[position..<position + byteCount.partialValue]
      guard storages.updateValue(bytes, forKey: key) == nil else {
        throw fail("the storage \"\(key)\" is there twice")
      }
      position += byteCount.partialValue
    }
    guard position == file.bytes.count else {
      throw DataError.malformed(
        path: file.path, offset: position, reason: "\(file.bytes.count - position) bytes after the end")
    }
    if let missing = named.keys.sorted().first(where: { storages[$0] == nil }) {
      throw pickle.malformed("the storage \"\(missing)\" is missing")
    }
    self.storages = storages
  }

  /// The parts of a file of PyTorch since 1.6: a zip file of `data.pkl` and, for each storage, `data/KEY`.
  private init(zip file: DataFile) throws {
    let archive = try ZipArchive(file, remedy: "save it again by torch.save")
    let pickles = archive.names.filter { $0.hasSuffix("/data.pkl") }
    // Nothing is compressed, so that all entries together are no longer than the file.
    var room = file.bytes.count
    guard let name = pickles.first, pickles.count == 1, let bytes = try archive.content(name, limit: room)
    else {
      throw DataError.unusable(
        path: file.path, reason: "is a zip file without a pickle \"data.pkl\" in its folder",
        remedy: "save it by torch.save")
    }
    room -= bytes.count
    pickle = try Unpickler.load(DataFile(path: "\(file.path) (\(name))", bytes: bytes))
    let folder = name.dropLast("data.pkl".count)
    if let order = try archive.content("\(folder)byteorder", limit: room), order != Array("little".utf8) {
      throw pickle.malformed("it was saved on a big-endian machine")
    }
    var storages: [String: ArraySlice<UInt8>] = [:]
    for (key, storage) in try PyTorchStorage.all(in: pickle) {
      guard let content = try archive.content("\(folder)data/\(key)", limit: room) else {
        throw pickle.malformed("the storage \"\(key)\" is missing")
      }
      let width = storage.element.byteCount
      guard content.count.isMultiple(of: width), content.count / width == storage.count else {
        throw pickle.malformed(
          "\(content.count) bytes of the storage \"\(key)\", where \(storage.count) elements of \(width) must be"
        )
      }
      room -= content.count
      storages[key] = content[...]
    }
    self.storages = storages
  }
}
