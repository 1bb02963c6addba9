import Datasets
import Foundation

extension GraphReader {
  /// The text files of a graph's folder.
  struct TextFiles {
    let edges, features: URL
    let labels, splits: URL?

    /// Finds them.
    /// - Throws: `DataError` when one that there must be is missing.
    init(_ folder: URL) throws {
      func find(_ name: String) -> URL? {
        ["csv", "tsv", "txt"].map { folder.appendingPathComponent("\(name).\($0)") }
          .first { FileManager.default.fileExists(atPath: $0.path) }
      }
      func needed(_ name: String, _ content: String) throws -> URL {
        if let file = find(name) { return file }
        throw DataError.unusable(
          path: folder.path, reason: "has no file \(name).csv, .tsv or .txt",
          remedy: "add it, with \(content)")
      }
      edges = try needed("edges", "two nodes on each line")
      features = try needed("features", "the numbers of a node on each line")
      (labels, splits) = (find("labels"), find("splits"))
    }

    /// All that there are.
    var all: [URL] { [edges, features] + [labels, splits].compactMap(\.self) }
  }

  /// The graph in a folder of text files.
  static func text(_ folder: URL) throws -> LabelledGraph {
    let files = try TextFiles(folder)
    let features = try features(lines(files.features))
    let nodes = features.rows
    var labels = (classes: [Int](repeating: -1, count: nodes), count: 0)
    if let file = files.labels { labels = try self.labels(lines(file), nodes: nodes) }
    return LabelledGraph(
      features: features, labels: labels.classes, classes: labels.count,
      edges: try edges(lines(files.edges), nodes: nodes),
      split: try files.splits.map { try split(lines($0), labels: labels.classes) })
  }

  private static func lines(_ file: URL) throws -> DelimitedText {
    try DelimitedText(DataFile(contentsOf: file))
  }

  private static func edges(_ file: DelimitedText, nodes: Int) throws -> [(Int32, Int32)] {
    var (pairs, isFirst): ([(Int, Int)], Bool) = ([], true)
    try file.forEachLine { line in
      let isNames = isFirst && line.fields.allSatisfy { Int($0) == nil }
      isFirst = false
      guard !isNames else { return }
      guard line.fields.count == 2 else {
        throw file.unusable(
          line, "\(line.fields.count) fields, where an edge has two nodes", "write two on each line")
      }
      let ends = try line.fields.map { field in
        guard let node = Int(field) else {
          throw file.unusable(
            line, "\"\(field)\" is no number of a node", "number nodes from 0, by their lines in features")
        }
        guard (0..<nodes).contains(node) else {
          throw file.unusable(
            line, "node \(node), where the nodes are 0 to \(nodes - 1) (lines of features)",
            "number nodes from 0, and give each a line of features")
        }
        return node
      }
      pairs.append((ends[0], ends[1]))
    }
    return undirected(pairs)
  }

  private static func features(_ file: DelimitedText) throws -> CompressedRows {
    var (width, values, isFirst): (Int?, [Float], Bool) = (nil, [], true)
    try file.forEachLine { line in
      let isNames = isFirst && line.fields.allSatisfy { Float($0) == nil }
      isFirst = false
      guard !isNames else { return }
      let expected = width ?? line.fields.count
      guard line.fields.count == expected else {
        throw file.unusable(
          line, "\(line.fields.count) numbers, where the lines before have \(expected)",
          "write as many for every node")
      }
      width = expected
      for field in line.fields {
        guard let value = Float(field), value.isFinite else {
          throw file.unusable(
            line, "\"\(field)\" is no finite number", "write numbers, such as 0 where nothing is known")
        }
        values.append(value)
      }
    }
    guard let width, width > 0 else {
      throw DataError.unusable(
        path: file.path, reason: "has no line of numbers", remedy: "write one for each node")
    }
    return try CompressedRows(dense: values, columns: width) { count in
      .unusable(
        path: file.path, reason: "\(count) numbers are not 0, where at most \(maximumCount) are read",
        remedy: "write fewer")
    }
  }

  private static func labels(_ file: DelimitedText, nodes: Int) throws -> (classes: [Int], count: Int) {
    let fields = try column(file, heading: ["label", "labels", "class", "y"], nodes: nodes)
    let numbers = fields.compactMap { Int($0.text) }
    if numbers.count == fields.count {
      let count = try classCount(numbers) { node, reason in
        .unusable(
          path: file.path, reason: "line \(fields[node].line): \(reason)", remedy: "number classes from 0")
      }
      return (numbers, count)
    }
    let names = Set(fields.map(\.text)).subtracting(["-1"]).sorted()
    let numberOfName = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    return (fields.map { numberOfName[$0.text] ?? -1 }, names.count)
  }

  /// What a line of `splits` may say, and the part that it means; `none` is in no part.
  private static let parts = [
    "train": 0, "training": 0, "val": 1, "valid": 1, "validation": 1, "test": 2, "none": 3, "-": 3,
  ]

  private static func split(_ file: DelimitedText, labels: [Int]) throws -> NodeSplit {
    var nodes = [[Int]](repeating: [], count: 4)
    for (node, field) in try column(file, heading: ["split", "splits"], nodes: labels.count).enumerated() {
      guard let part = parts[field.text.lowercased()] else {
        throw DataError.unusable(
          path: file.path, reason: "line \(field.line): \"\(field.text)\" is no part of a split",
          remedy: "write train, validation, test or none")
      }
      guard part == 3 || labels[node] >= 0 || labels.allSatisfy({ $0 < 0 }) else {
        throw DataError.unusable(
          path: file.path, reason: "line \(field.line): node \(node) has no class",
          remedy: "write none for it")
      }
      nodes[part].append(node)
    }
    for (name, part) in zip(["train", "validation", "test"], nodes) where part.isEmpty {
      throw DataError.unusable(
        path: file.path, reason: "no line is \"\(name)\"",
        remedy: "write at least one, or leave the file out and add --set split=random")
    }
    return NodeSplit(training: nodes[0], validation: nodes[1], test: nodes[2])
  }

  /// A file with one field for every node.
  private static func column(
    _ file: DelimitedText, heading: Set<String>, nodes: Int
  ) throws -> [(line: Int, text: String)] {
    var (fields, isFirst): ([(line: Int, text: String)], Bool) = ([], true)
    try file.forEachLine { line in
      let isNames = isFirst && line.fields.count == 1 && heading.contains(line.fields[0].lowercased())
      isFirst = false
      guard !isNames else { return }
      guard line.fields.count == 1 else {
        throw file.unusable(
          line, "\(line.fields.count) fields, where there is one for each node", "write one on each line")
      }
      fields.append((line.number, line.fields[0]))
    }
    guard fields.count == nodes else {
      throw DataError.unusable(
        path: file.path, reason: "has \(fields.count) lines for \(nodes) nodes (lines of features)",
        remedy: "write one for each node, in their order")
    }
    return fields
  }
}
