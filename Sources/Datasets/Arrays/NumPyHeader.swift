/// What the beginning of an `.npy` file says of the array that follows.
struct NumPyHeader {
  /// The dimensions, outermost first.
  let shape: [Int]
  /// The type of the elements.
  let element: NumPyArray.Element
  /// Whether elements lie in memory with the first dimension's index moving fastest.
  let isColumnsFirst: Bool
  /// How many bytes come before the elements.
  let byteCount: Int

  /// The bytes of all elements; nil when these are more than can be counted.
  var contentCount: Int? {
    shape.reduce(Optional(element.byteCount)) { product, size in
      guard let (next, overflow) = product?.multipliedReportingOverflow(by: size) else { return nil }
      return overflow ? nil : next
    }
  }

  /// The header is a Python dictionary of three entries, of which NumPy writes no other form.
  init(_ content: [UInt8], name: String, path: String) throws(DataError) {
    func fail(_ reason: String, _ remedy: String = "save it again by numpy.save or numpy.savez") -> DataError
    {
      .unusable(path: path, reason: "the array \"\(name)\" \(reason)", remedy: remedy)
    }
    guard content.count >= 12, content.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw fail("is not of NumPy's format")
    }
    let start = content[6] == 1 ? 10 : 12
    let length = content[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard (1...3).contains(content[6]), length <= 1 << 16, start + length <= content.count else {
      throw fail("has a header that is damaged or cut off")
    }
    byteCount = start + length
    let text = String(decoding: content[start..<byteCount], as: UTF8.self)
    guard let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
      let sizes = text.firstMatch(of: /'shape':\s*\(([0-9, ]*)\)/)?.1,
      let described = text.firstMatch(of: /'descr':\s*(\[|'[^']*')/)?.1
    else { throw fail("has a header without its type, order or shape") }
    isColumnsFirst = order == "True"
    let type = described.filter { $0 != "'" }
    if type.hasSuffix("O") {
      throw fail(
        "holds Python objects, a pickle, which is never loaded",
        "save plain numbers, such as by numpy.asarray(\(name), dtype=\"float32\")")
    }
    if type.hasPrefix(">") { throw fail("is big-endian (\(type))", "save it as \"<\(type.dropFirst())\"") }
    guard let element = NumPyArray.Element(rawValue: String(type.drop { "<|=".contains($0) })) else {
      throw fail(
        "has elements of type \(type == "[" ? "record" : type), where numbers or booleans are read",
        "save it as numbers, such as float32 or int64")
    }
    self.element = element
    let dimensions = sizes.split(whereSeparator: { ", ".contains($0) })
    shape = dimensions.compactMap { Int($0) }
    guard shape.count == dimensions.count, shape.count <= 32 else {
      throw fail("has the shape (\(sizes)), which cannot be")
    }
  }
}
