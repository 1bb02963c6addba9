import Foundation
import GraphLearning
import Testing
import Torch

/// What PyTorch Geometric computes of one layer: an entry of `Tests/Golden/graph-layers.json`, which
/// `Tests/Golden/generate_graph.py` writes.
struct GoldenLayer: Decodable, Sendable, CustomTestStringConvertible {
  struct Settings: Decodable, Sendable {
    let terms: Int?
    let largestEigenvalue: Double?
    let sizes: [Int]?
    let degree: Int?
    let isOpen: [Bool]?
    let coordinates: [Float]?
    let heads: Int?
    let concatenated: Bool?
    let groups: Int?
  }

  private struct File: Decodable {
    let nodes: Int
    let sources: [Int32]
    let targets: [Int32]
    let cases: [GoldenLayer]
  }

  let name: String
  let settings: Settings
  let shape: [Int]
  let input: [Float]
  let weights: [Float]
  let output: [Float]
  let outputShape: [Int]
  let inputGradient: [Float]
  let parameters: [String: [Float]]
  let gradients: [String: [Float]]

  var testDescription: String { "\(name) \(settings)" }

  private static func file() throws -> File {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appendingPathComponent("Golden/graph-layers.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }

  /// All entries; none when the file cannot be read, which a test notices.
  static let all = (try? file().cases) ?? []

  /// The directed graph of seven nodes.
  static func graph() throws -> Graph {
    let file = try file()
    return try Graph(nodes: file.nodes, sources: file.sources, targets: file.targets)
  }
}
