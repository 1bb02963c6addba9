/// What a pickle holds, with accessors that throw unless a value is what the reader expects.
package struct Pickle: Sendable {
  /// The file it was read from.
  package let file: DataFile
  /// The value the pickle as a whole stands for.
  package let root: PickleValue
  /// Everything made of other values, in the order of creation.
  package let objects: [PickleObject]

  /// The object `value` refers to, which must satisfy `isRight`; `what` names it in the error.
  func object(_ value: PickleValue?, _ what: String, where isRight: (PickleObject) -> Bool) throws
    -> PickleObject
  {
    guard case .object(let index) = value, isRight(objects[index]) else {
      throw malformed("expected \(what)")
    }
    return objects[index]
  }

  /// The elements of a tuple of `count` elements.
  func tuple(_ value: PickleValue?, count: Int? = nil, _ what: String) throws -> [PickleValue] {
    try object(value, what) { $0.kind == .tuple && (count == nil || $0.items.count == count) }.items
  }

  /// The elements of a list.
  package func list(_ value: PickleValue?, _ what: String) throws -> [PickleValue] {
    try object(value, what) { $0.kind == .list }.items
  }

  /// An object made by calling the global `type`, and the arguments of that call.
  package func instance(
    of type: PickleGlobal, _ value: PickleValue?, _ what: String
  ) throws -> (object: PickleObject, arguments: [PickleValue]) {
    let object = try object(value, what) {
      if case .instance(.global(type), _) = $0.kind { true } else { false }
    }
    guard case .instance(_, let arguments) = object.kind else { throw malformed("expected \(what)") }
    return (object, try tuple(arguments, "the arguments of \(what)"))
  }

  /// The values of a dictionary whose keys are strings.
  func namedValues(_ value: PickleValue?, _ what: String) throws -> [String: PickleValue] {
    let items = try object(value, what) { $0.kind == .dictionary }.items
    var values: [String: PickleValue] = [:]
    for index in stride(from: 0, to: items.count, by: 2) {
      guard let key = string(items[index]) else { throw malformed("expected a key of \(what)") }
      values[key] = items[index + 1]
    }
    return values
  }

  /// An integer.
  package func integer(_ value: PickleValue?, _ what: String) throws -> Int {
    guard case .integer(let number) = value else { throw malformed("expected \(what)") }
    return number
  }

  /// A byte string; Latin-1, as Python 2 left open what its bytes mean.
  func text(_ value: PickleValue?, _ what: String) throws -> String {
    guard case .text = value, let string = string(value) else { throw malformed("expected \(what)") }
    return string
  }

  /// A string of either kind; nil where the value is none.
  func string(_ value: PickleValue?) -> String? {
    switch value {
    case .text(let range): String(String.UnicodeScalarView(file.bytes[range].map { Unicode.Scalar($0) }))
    case .unicode(let range): String(decoding: file.bytes[range], as: UTF8.self)
    default: nil
    }
  }

  /// The bytes of a string.
  func bytes(_ value: PickleValue?, _ what: String) throws -> ArraySlice<UInt8> {
    guard case .text(let range) = value else { throw malformed("expected \(what)") }
    return file.bytes[range]
  }

  /// The error that says `reason` about this file.
  package func malformed(_ reason: String) -> DataError {
    .malformed(path: file.path, offset: nil, reason: "this pickle is not what it should be: \(reason)")
  }
}
