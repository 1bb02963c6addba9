import Foundation

/// What a film is written as.
public enum FilmKind: String, Sendable {
  /// A file of H.264, by the program `ffmpeg`.
  case mp4
  /// An animated GIF.
  case gif
  /// A folder of a PNG file for each frame.
  case folder

  /// The kind that the name of a file or folder says.
  public init(_ url: URL) {
    self = FilmKind(rawValue: url.pathExtension.lowercased()) ?? .folder
  }
}
