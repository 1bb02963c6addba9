import Basics
import Foundation
import Networks
import Torch

/// The `state_dict` of a PyTorch module in a safetensors file, which `safetensors.torch` reads and writes.
public struct PyTorchFile {
  /// The tensors, by dotted names.
  public let state: [String: Tensor]

  /// The weights of a trainer's network.
  public init<Task: TrainingTask>(_ trainer: Trainer<Task>) {
    state = trainer.task.store.pyTorchState(steps: trainer.progress.step)
  }

  /// Reads a file.
  /// - Throws: ``PyTorchFileError`` when it cannot be read, or is no safetensors file.
  public init(contentsOf url: URL) throws(PyTorchFileError) {
    guard let data = try? Data(contentsOf: url) else { throw .missing(url.path) }
    // Pickles, alone or in the zip files of torch.save.
    guard !data.starts(with: [0x50, 0x4b, 3, 4]),
      !data.starts(with: [0x80]) || data.count < 9 || data[8] == 0x7b
    else {
      throw .pickle(url.path)
    }
    do {
      state = try SafeTensors(data).tensors
    } catch { throw .damaged(url.path, "\(error)") }
  }

  /// Writes a file, whole or not at all.
  /// - Throws: `FileError` when it cannot be written.
  public func write(to url: URL) throws {
    let metadata = ["format": "pt", "dfa": directFeedbackVersion]
    try AtomicFile.write(SafeTensors(tensors: state, metadata: metadata).data(), to: url)
  }

  /// Gives the weights to a trainer's network.
  /// - Throws: ``PyTorchFileError`` with all names and shapes that differ; then nothing changed.
  public func load<Task: TrainingTask>(into trainer: Trainer<Task>, from url: URL) throws(PyTorchFileError) {
    do throws(PyTorchMismatch) {
      try trainer.task.store.load(pyTorch: state)
    } catch { throw .otherNetwork(url.path, error) }
  }
}

/// A file of PyTorch that cannot be used.
public enum PyTorchFileError: ReportableError, Equatable {
  /// There is no such file, or it cannot be read.
  case missing(String)
  /// A pickle, as torch.save writes them.
  case pickle(String)
  /// The file is truncated or not of the format.
  case damaged(String, String)
  /// The tensors are another network's.
  case otherNetwork(String, PyTorchMismatch)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is wrong and what to do.
  public var description: String {
    let remedy = "write it by safetensors.torch.save_file(model.state_dict(), FILE)"
    return switch self {
    case .missing(let path): "\(path): cannot be read; check that the file exists and its permissions"
    case .pickle(let path): "\(path): is a pickle of torch.save, which is not read; \(remedy)"
    case .damaged(let path, let reason): "\(path): \(reason); \(remedy)"
    case .otherNetwork(let path, let mismatch): "\(path): \(mismatch)"
    }
  }
}
