import Basics
import FeedbackAlignment
import Foundation
import Reports
import Torch
import Yams

/// All that decides a search: `search.yaml`.
struct SearchDefinition<Configuration: TaskConfiguration>: Encodable {
  let task: String
  let preset: String
  let method: MethodName
  let metric: String
  let seeds: [UInt64]
  let device: String
  let threads = LibTorch.threadCount
  let versions = SoftwareVersions.current
  let search: SearchSpace
  let configuration: Configuration

  /// Writes the definition, or checks that what is there is the same.
  /// - Throws: ``ConfigurationError/differs(what:folder:key:stored:asked:)``, `RunError`, `FileError`.
  func store(in folder: URL) throws {
    let file = folder.appendingPathComponent("search.yaml")
    let text = try readableYAML(self)
    guard FileManager.default.fileExists(atPath: file.path) else {
      return try AtomicFile.write(Data(text.utf8), to: file)
    }
    guard let stored = try? String(contentsOf: file, encoding: .utf8),
      let tree = try? Yams.compose(yaml: stored),
      let asked = try Yams.compose(yaml: text)
    else { throw RunError.damaged(file.path, "is not the definition of a search") }
    if let difference = FirstDifference(tree, asked) {
      throw ConfigurationError.differs("search", in: folder.path, difference)
    }
  }
}

extension SearchSpace: Encodable {
  private enum CodingKeys: String, CodingKey {
    case grid, random, trials, drawSeed
  }

  /// Writes the axes as they were written.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .grid(let axes): try container.encode(axes.map(\.text), forKey: .grid)
    case .random(let axes, let trials, let drawSeed):
      try container.encode(axes.map(\.text), forKey: .random)
      try container.encode(trials, forKey: .trials)
      try container.encode(drawSeed, forKey: .drawSeed)
    }
  }
}
