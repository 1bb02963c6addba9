import Foundation

extension URL {
  /// The length of the file here, in bytes, following links; nil if there is no regular file.
  var fileByteCount: Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    return (attributes?[.size] as? NSNumber)?.intValue
  }
}
