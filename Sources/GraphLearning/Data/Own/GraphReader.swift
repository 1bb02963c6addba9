import Datasets
import Foundation

/// Reads graphs of one's own: an `.npz` file of arrays, or a folder of text files.
///
/// Edges count regardless of direction, each once however often it is there, and those from a node to itself are left out, as
/// for the citation networks; networks that need the latter add them. Classes are numbered from 0, -1 being a node whose class
/// is not known. Features must be finite.
///
/// | array of an `.npz` file | holds |
/// |---|---|
/// | `x` | features, `[N, F]` |
/// | `edge_index` | sources and targets, `[2, E]` |
/// | `y` | classes, `[N]` or `[N, 1]` |
/// | `train_mask`, `val_mask`, `test_mask` | the split, `[N]` each, all three or none |
///
/// These are the names of PyTorch Geometric's `Data`. In their place, the names of the files of Shchur et al. 2018 (Cora-ML,
/// Amazon, Coauthor) are read: `adj_indices`, `adj_indptr` and `adj_shape` for edges, `attr_data`, `attr_indices`,
/// `attr_indptr` and `attr_shape` for features, both compressed sparse rows, and `labels`.
///
/// | file of a folder (`.csv`, `.tsv` or `.txt`) | holds |
/// |---|---|
/// | `edges` | two nodes on each line |
/// | `features` | the F numbers of a node on each line |
/// | `labels` | the class of a node on each line, a number or a name |
/// | `splits` | `train`, `validation`, `test` or `none` on each line |
///
/// Commas, tabs or spaces part fields, and a first line of names is passed over.
public enum GraphReader {
  /// Reads the graph in a file or folder.
  /// - Throws: `DataError` that names the file, the array or line, and what to do.
  public static func read(_ place: URL) throws -> LabelledGraph {
    isFolder(place) ? try text(place) : try arrays(NumPyArchive(contentsOf: place))
  }

  /// The files of a graph.
  /// - Throws: `DataError` when a folder lacks one that there must be.
  static func files(_ place: URL) throws -> [URL] {
    isFolder(place) ? try TextFiles(place).all : [place]
  }

  private static func isFolder(_ place: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The most nodes and edges of a graph: as many as 32-bit indices can number.
  static let maximumCount = Int(Int32.max) - 1

  /// Each pair of nodes once, lower node first, in increasing order, none of a node with itself.
  static func undirected(_ pairs: some Sequence<(Int, Int)>) -> [(Int32, Int32)] {
    var keys = pairs.compactMap { first, second in
      first == second ? nil : UInt64(min(first, second)) << 32 | UInt64(max(first, second))
    }
    keys.sort()
    var edges: [(Int32, Int32)] = []
    edges.reserveCapacity(keys.count)
    var last: UInt64?
    for key in keys where key != last {
      edges.append((Int32(key >> 32), Int32(truncatingIfNeeded: key)))
      last = key
    }
    return edges
  }

  /// The number of classes: one more than the largest.
  /// - Parameter fail: Makes the error of a node.
  static func classCount(_ labels: [Int], fail: (_ node: Int, _ reason: String) -> DataError) throws -> Int {
    for (node, label) in labels.enumerated() where label < -1 || label >= max(labels.count, 1) {
      throw fail(
        node, "class \(label), where classes are from 0 to \(labels.count - 1), or -1 where none is known")
    }
    return (labels.max() ?? -1) + 1
  }
}
