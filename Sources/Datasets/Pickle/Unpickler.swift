/// Reads Python pickles without Python, and without executing anything.
///
/// It knows the instructions that Python wrote with protocol 2 for NumPy arrays, SciPy matrices, dictionaries and what PyTorch
/// saves, and refuses every other instruction and every name that is not a ``PickleGlobal``. It does not recurse, and needs memory
/// in proportion to the length of the file, whatever the file says.
package struct Unpickler {
  private let file: DataFile
  private var position = 0
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var objects: [PickleObject] = []

  /// Reads the pickle that a file is.
  /// - Throws: ``DataError/malformed(path:offset:reason:)``.
  package static func load(_ file: DataFile) throws -> Pickle {
    var unpickler = Unpickler(file: file)
    let root = try unpickler.run()
    guard unpickler.position == file.bytes.count else {
      throw unpickler.malformed("the pickle stops early, with 1 values", at: unpickler.position - 1)
    }
    return Pickle(file: file, root: root, objects: unpickler.objects)
  }

  /// Reads the pickle that begins at `position`, which is then where it ends.
  /// - Throws: ``DataError/malformed(path:offset:reason:)``.
  static func load(_ file: DataFile, at position: inout Int) throws -> Pickle {
    var unpickler = Unpickler(file: file)
    unpickler.position = position
    let root = try unpickler.run()
    position = unpickler.position
    return Pickle(file: file, root: root, objects: unpickler.objects)
  }

  private init(file: DataFile) {
    self.file = file
  }

  private mutating func run() throws -> PickleValue {
    while true {
      let start = position
      let code = try UInt8(number(1))
      guard let instruction = PickleInstruction(rawValue: code) else {
        throw malformed("unknown pickle instruction \(code)", at: start)
      }
      if instruction == .stop {
        guard stack.count == 1, marks.isEmpty else {
          throw malformed("the pickle stops early, with \(stack.count) values", at: start)
        }
        return stack[0]
      }
      try execute(instruction)
    }
  }

  private mutating func execute(_ instruction: PickleInstruction) throws {
    switch instruction {
    case .stop: break
    case .protocolVersion:
      let version = try number(1)
      guard version <= 2 else { throw malformed("pickle protocol \(version), only 2 is supported") }
    case .mark: marks.append(stack.count)
    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .oneByteInteger: stack.append(.integer(try number(1)))
    case .twoByteInteger: stack.append(.integer(try number(2)))
    case .fourByteInteger: stack.append(.integer(Int(Int32(truncatingIfNeeded: try number(4)))))
    case .wholeNumber: stack.append(.integer(try wholeNumber()))
    case .float: stack.append(.float(try float()))
    case .shortText: stack.append(.text(try take(number(1))))
    case .text: stack.append(.text(try take(number(4))))
    case .unicode: stack.append(.unicode(try take(number(4))))
    case .global: stack.append(.global(try global()))
    case .emptyTuple: push(.tuple)
    case .tuple: push(.tuple, try popToMark())
    case .tuple1: push(.tuple, try pop(1))
    case .tuple2: push(.tuple, try pop(2))
    case .tuple3: push(.tuple, try pop(3))
    case .emptyList: push(.list)
    case .append: try extend(.list, with: pop(1))
    case .appends: try extend(.list, with: popToMark())
    case .emptyDictionary: push(.dictionary)
    case .setItem: try extend(.dictionary, with: pop(2))
    case .setItems: try extend(.dictionary, with: popToMark())
    case .reduce, .newObject:
      let call = try pop(2)
      push(.instance(of: call[0], arguments: call[1]))
    case .persistentIdentifier: push(.outside(try pop(1)[0]))
    case .build: try build()
    case .putShort: try remember(number(1))
    case .putLong: try remember(number(4))
    case .getShort: try recall(number(1))
    case .getLong: try recall(number(4))
    }
  }

  // MARK: Bytes

  /// The place of the next `count` bytes, which are passed over.
  private mutating func take(_ count: Int) throws -> Range<Int> {
    guard count <= file.bytes.count - position else {
      throw malformed("the pickle is cut off: \(count) bytes expected, \(file.bytes.count - position) left")
    }
    defer { position += count }
    return position..<position + count
  }

  /// A little-endian unsigned number of `width` bytes.
  private mutating func number(_ width: Int) throws -> Int {
    file.bytes[try take(width)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// A little-endian number in two's complement, after the count of its bytes.
  private mutating func wholeNumber() throws -> Int {
    let start = position
    let width = try number(1)
    guard width <= 8 else {
      throw malformed("a whole number of \(width) bytes, at most 8 are read", at: start)
    }
    let unused = (8 - width) * 8
    return width == 0 ? 0 : try (number(width) << unused) >> unused
  }

  /// A big-endian number of double precision.
  private mutating func float() throws -> Double {
    Double(bitPattern: file.bytes[try take(8)].reduce(0) { $0 << 8 | UInt64($1) })
  }

  private mutating func line() throws -> String {
    let rest = file.bytes[position...]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      throw malformed("the pickle is cut off within a name")
    }
    defer { position = end + 1 }
    return String(decoding: rest[..<end].prefix(100), as: UTF8.self)
  }

  private mutating func global() throws -> PickleGlobal {
    let start = position
    let name = try line() + "." + line()
    guard let global = PickleGlobal(rawValue: name) else {
      throw malformed("refuses to load '\(name)'", at: start)
    }
    return global
  }

  // MARK: Stack

  private mutating func push(_ kind: PickleObject.Kind, _ items: [PickleValue] = []) {
    objects.append(PickleObject(kind: kind, items: items))
    stack.append(.object(objects.count - 1))
  }

  /// The last `count` values, none of them from below the last mark.
  private mutating func pop(_ count: Int) throws -> [PickleValue] {
    guard stack.count - count >= marks.last ?? 0 else {
      throw malformed("the pickle takes more values than it has made")
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws -> [PickleValue] {
    guard let mark = marks.popLast() else { throw malformed("the pickle misses a mark") }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  // MARK: Objects

  /// Adds `items` to the list or dictionary that is the last value; any instance passes for either.
  private mutating func extend(_ kind: PickleObject.Kind, with items: [PickleValue]) throws {
    let index = try lastObject()
    guard kind == .list || items.count.isMultiple(of: 2) else { throw malformed("a key without a value") }
    switch objects[index].kind {
    case kind, .instance: objects[index].items += items
    default: throw malformed("the pickle adds to something that is no \(kind)")
    }
  }

  private mutating func build() throws {
    let state = try pop(1)[0]
    let index = try lastObject()
    guard case .instance = objects[index].kind else {
      throw malformed("the pickle gives a state to no instance")
    }
    objects[index].state = state
  }

  private func lastObject() throws -> Int {
    guard stack.count > marks.last ?? 0, case .object(let index) = stack.last else {
      throw malformed("the pickle misses an object to change")
    }
    return index
  }

  private mutating func remember(_ key: Int) throws {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw malformed("the pickle remembers nothing")
    }
    memo[key] = value
  }

  private mutating func recall(_ key: Int) throws {
    guard let value = memo[key] else {
      throw malformed("the pickle recalls \(key), which it never remembered")
    }
    stack.append(value)
  }

  private func malformed(_ reason: String, at offset: Int? = nil) -> DataError {
    .malformed(path: file.path, offset: offset ?? position, reason: reason)
  }
}
