import ArgumentParser
import Datasets
import DirectFeedback
import Foundation
import Reports

/// An error of this package as the command ends with it: one line on standard error, and an exit code.
struct Failure {
  /// The command line or the configuration is wrong (EX_USAGE).
  static let usage: Int32 = 64
  /// Data are missing, damaged or cannot be written (EX_DATAERR).
  static let data: Int32 = 65

  private let message: String
  private let code: Int32

  /// Nil for errors that the argument parser reports better itself.
  init?(_ error: any Error) {
    switch error {
    case is ConfigurationError, is DeviceError: code = Failure.usage
    case EmbeddingError.notFinite: code = Failure.data
    case is EmbeddingError: code = Failure.usage
    case RunError.missing, RunError.exists, RunError.notWritable, SearchError.differs: code = Failure.usage
    case is RunError, is DataError, is CheckpointError, is ReportsError, is GraphError, is RankingError:
      code = Failure.data
    case is TrainingError, is TorchError, is SearchError: code = 1
    default: return nil
    }
    // LibTorch's words for it differ between CPU and CUDA.
    let isMemory =
      error is TorchError && ["allocate memory", "out of memory"].contains { "\(error)".contains($0) }
    message = isMemory ? "\(error); use a smaller network or batch" : "\(error)"
  }

  func report() -> Never {
    Console.error("dfa: \(message)")
    Foundation.exit(code)
  }
}
