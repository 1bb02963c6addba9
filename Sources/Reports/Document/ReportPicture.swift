import Foundation

/// A picture in a report, with what is said of it.
public struct ReportPicture: Equatable, Sendable {
  /// What it is called, such as `render`.
  public let title: String
  /// What else there is to say, such as `PSNR 24.31 dB`.
  public let note: String?
  /// The picture as a PNG file.
  public let png: Data

  /// A picture.
  /// - Parameters:
  ///   - title: What it is called.
  ///   - note: What else there is to say.
  ///   - png: The picture as a PNG file.
  public init(_ title: String, note: String? = nil, png: Data) {
    (self.title, self.note, self.png) = (title, note, png)
  }

  /// The same picture under another title.
  public func titled(_ title: String) -> ReportPicture { ReportPicture(title, note: note, png: png) }

  /// The picture with its words under it; its bytes are in the page.
  var html: String {
    let words = [title, note].compactMap(\.self).joined(separator: ", ").htmlEscaped
    let address = "data:image/png;base64,\(png.base64EncodedString())"
    return "<figure><img alt=\"\(words)\" src=\"\(address)\"><figcaption>\(words)</figcaption></figure>\n"
  }
}
