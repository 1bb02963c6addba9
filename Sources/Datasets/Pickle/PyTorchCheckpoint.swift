import Basics
import Foundation

/// Tensors and numbers that `torch.save` wrote, by name, read without Python and without executing anything.
///
/// Read are files of both forms, the zip file of PyTorch since 1.6 and the pickles before, of dictionaries, lists and tuples in
/// each other, such as state dictionaries of modules and optimizers. What else is in them, such as text, is passed over, but a
/// class that is not on a short list is an error. Modules that were saved whole are not read.
public struct PyTorchCheckpoint: Sendable {
  /// The file.
  public let path: String
  /// The tensors, by the keys that lead to them with points between: `model_coarse_state_dict.layer1.weight`. A tensor that was
  /// saved alone is called by the empty string.
  public let tensors: [String: PyTorchTensor]
  /// The numbers and booleans (0 and 1), likewise: `iter`, or `optimizer.param_groups.0.lr`.
  public let numbers: [String: Double]

  /// Reads a file.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` when it is damaged or has another class,
  ///   ``DataError/unusable(path:reason:remedy:)`` when it is of another format, ``DataError/file(_:)``.
  public init(contentsOf url: URL) throws { try self.init(DataFile(contentsOf: url)) }

  /// Reads the content of a file.
  /// - Throws: As ``init(contentsOf:)`` does.
  public init(_ file: DataFile) throws {
    let reader = try PyTorchStateReader(PyTorchArchive(file), path: file.path)
    (path, tensors, numbers) = (file.path, reader.tensors, reader.numbers)
  }

  /// A tensor that must be there.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` with the nearest name.
  public func tensor(_ name: String) throws -> PyTorchTensor {
    guard let tensor = tensors[name] else {
      let near = nearest(to: name, among: tensors.keys.sorted())
      throw DataError.unusable(
        path: path, reason: "has no tensor \"\(name)\"",
        remedy: near.map { "did you mean \"\($0)\"?" } ?? "take a checkpoint of another module")
    }
    return tensor
  }
}
