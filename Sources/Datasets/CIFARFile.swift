/// Images of CIFAR-10 or CIFAR-100 with their classes, from one file of the binary or the Python version.
///
/// The binary format: for each image the bytes of its labels (CIFAR-10: the class; CIFAR-100: the coarse class, then the fine
/// one), then 1,024 bytes of red, green and blue each, row by row.
public struct CIFARFile: Equatable, Sendable {
  /// Which labels come before each image.
  public enum Labels: Sendable {
    /// One of 10 classes.
    case cifar10
    /// One of 20 coarse classes, then one of 100 fine ones, which is taken.
    case cifar100

    var byteCount: Int { self == .cifar10 ? 1 : 2 }
    var classes: Int { self == .cifar10 ? 10 : 100 }
  }

  /// The channels, rows and columns of an image: `[3, 32, 32]`.
  public static let imageShape = [3, 32, 32]
  /// The class of each image.
  public let labels: [UInt8]
  /// The pixels of all images, each as `imageShape`.
  public let pixels: [UInt8]

  /// Reads a file.
  /// - Parameters:
  ///   - file: The content.
  ///   - kind: Which labels it has.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if it has no image, a part of one, or a class out of range.
  public init(_ file: DataFile, _ kind: Labels) throws {
    let imageCount = CIFARFile.imageShape.reduce(1, *)
    let recordCount = kind.byteCount + imageCount
    guard !file.bytes.isEmpty, file.bytes.count % recordCount == 0 else {
      throw DataError.malformed(
        path: file.path, offset: nil,
        reason: "\(file.bytes.count) bytes, no whole number of images of \(recordCount) bytes")
    }
    let records = file.bytes.count / recordCount
    var (labels, pixels) = ([UInt8](), [UInt8]())
    labels.reserveCapacity(records)
    pixels.reserveCapacity(records * imageCount)
    for record in 0..<records {
      let start = record * recordCount
      let label = file.bytes[start + kind.byteCount - 1]
      guard label < kind.classes else {
        throw DataError.malformed(
          path: file.path, offset: start, reason: "class \(label) where there are \(kind.classes)")
      }
      labels.append(label)
      pixels.append(contentsOf: file.bytes[(start + kind.byteCount)..<(start + recordCount)])
    }
    (self.labels, self.pixels) = (labels, pixels)
  }
}

extension CIFARFile {
  /// Reads a file of the Python version: a pickled dictionary of `data`, an array of bytes with a row for each image, and
  /// `labels` (CIFAR-100: `fine_labels`).
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if it is another pickle or none, or has a class out of range.
  public init(pickled file: DataFile, _ kind: Labels) throws {
    let pickle = try Unpickler.load(file)
    let values = try pickle.namedValues(pickle.root, "a batch of CIFAR")
    let data = try PickledArray(values["data"], in: pickle, "data")
    let key = kind == .cifar10 ? "labels" : "fine_labels"
    labels = try pickle.list(values[key], key).map { value in
      guard let label = UInt8(exactly: try pickle.integer(value, "a class")), label < kind.classes else {
        throw pickle.malformed("a class that is none of \(kind.classes)")
      }
      return label
    }
    let expected = [labels.count, CIFARFile.imageShape.reduce(1, *)]
    guard !labels.isEmpty, data.shape == expected else {
      throw pickle.malformed("data of \(data.shape) for \(labels.count) labels")
    }
    pixels = try data.unsignedBytes()
  }
}
