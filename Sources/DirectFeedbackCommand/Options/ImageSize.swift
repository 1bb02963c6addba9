import ArgumentParser

/// A size of images, in pixels.
struct ImageSize: ExpressibleByArgument {
  /// The largest width and height.
  static let limit = 16_384

  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int

  /// The size that text such as `400x300` says.
  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1] else { return nil }
    guard (1...Self.limit).contains(width), (1...Self.limit).contains(height) else { return nil }
    (self.width, self.height) = (width, height)
  }
}
