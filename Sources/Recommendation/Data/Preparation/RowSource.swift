import Basics
import Foundation

/// Raw rows: files, what their lines look like, and what their rows are for.
public struct RowSource: Sendable {
  /// A file of rows.
  public struct File: Sendable {
    /// Where it is; compressed by gzip when the name ends in `.gz`.
    public let url: URL
    /// What its rows are for.
    public let shares: SplitShares
    /// Makes the text where the file is not that text itself.
    let derivation: (any RowDerivation)?

    /// A file.
    public init(_ url: URL, _ shares: SplitShares) {
      self.init(url, shares, derivation: url.pathExtension == "gz" ? GzipText(url: url) : nil)
    }

    init(_ url: URL, _ shares: SplitShares, derivation: (any RowDerivation)?) {
      (self.url, self.shares, self.derivation) = (url, shares, derivation)
    }
  }

  /// What the rows are called, such as `criteo`.
  public let name: String
  /// What their lines look like.
  public let schema: RowSchema
  /// The files, in their order.
  public let files: [File]

  /// Raw rows.
  /// - Parameters:
  ///   - name: Names the folder of the prepared rows.
  ///   - schema: What lines look like.
  ///   - files: At least one.
  /// - Throws: ``PreparationError/schema(source:reason:)``, and ``PreparationError/setting(name:reason:)`` without a file.
  public init(_ name: String, _ schema: RowSchema, _ files: [File]) throws {
    guard !files.isEmpty else {
      throw PreparationError.setting(name: "--input", reason: "give at least one file of rows")
    }
    self.name = name
    self.schema = try schema.checked(name)
    self.files = files
  }
}
