/// An array of unsigned bytes in the IDX format of MNIST, plain or compressed with gzip.
///
/// The format: two zero bytes, one byte for the type of the elements, one for the number of dimensions;
/// each dimension as a big-endian 32-bit number; then the elements, the last dimension varying fastest.
public struct IDXFile: Equatable, Sendable {
  /// The dimensions, outermost first: `[60000, 28, 28]` for the images of MNIST.
  public let dimensions: [Int]
  /// The elements, as many as the product of the dimensions.
  public let bytes: [UInt8]

  /// Reads a file.
  /// - Parameters:
  ///   - file: The content, compressed by gzip or not.
  ///   - limit: The largest decompressed size accepted, in bytes.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if it is no IDX file of unsigned bytes of
  ///   exactly the length that its dimensions demand.
  public init(_ file: DataFile, limit: Int = 1 << 28) throws {
    func malformed(at offset: Int, _ reason: String) -> DataError {
      .malformed(path: file.path, offset: offset, reason: reason)
    }
    let content = Gzip.isCompressed(file.bytes) ? try Gzip.inflate(file, limit: limit) : file.bytes
    guard content.count >= 4, content[0] == 0, content[1] == 0 else {
      throw malformed(at: 0, "no IDX file: it does not begin with two zero bytes, a type and a rank")
    }
    guard content[2] == 8 else {
      throw malformed(at: 2, "IDX elements of type \(content[2]), only 8 (unsigned bytes) is supported")
    }
    let headerCount = 4 + 4 * Int(content[3])
    guard content[3] > 0, content.count >= headerCount else {
      throw malformed(at: 3, "the IDX header ends before its \(content[3]) dimensions")
    }
    dimensions = stride(from: 4, to: headerCount, by: 4).map { start in
      content[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let elementCount = dimensions.reduce(Optional(1)) { product, dimension in
      product.map { $0.multipliedReportingOverflow(by: dimension) }.flatMap {
        $0.overflow ? nil : $0.partialValue
      }
    }
    guard elementCount == content.count - headerCount else {
      throw malformed(
        at: headerCount,
        "\(content.count - headerCount) elements where the dimensions \(dimensions) demand "
          + (elementCount.map(String.init) ?? "more than fit"))
    }
    bytes = Array(content[headerCount...])
  }
}
