import Basics
import FeedbackAlignment
import Networks
import Torch

/// A checkpoint that cannot be used.
public enum CheckpointError: ReportableError, Equatable {
  /// There is no such file, or it cannot be read.
  case missing(String)
  /// The file is truncated or not of the format.
  case damaged(String, SafeTensorsError)
  /// The file has the format but not what a checkpoint holds.
  case incomplete(String)
  /// The file is not as it was written.
  case altered(String)
  /// The file is of another run than that of its folder.
  case otherRun(String)
  /// The weights are another network's, or not finite.
  case otherNetwork(String, ParameterMismatch)
  /// The feedback matrices are not of the configuration's kind, or damaged.
  case feedback(String, FeedbackMatrixError)
  /// The weights are another task's.
  case otherTask(String, found: String, expected: String)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is wrong and what to do.
  public var description: String {
    let remedy = "give the run that made it, or train again"
    return switch self {
    case .missing(let path): "\(path): cannot be read; train first, or check the run's name"
    case .damaged(let path, let error): "\(path): \(error); \(remedy)"
    case .incomplete(let path): "\(path): is not a checkpoint of a run; \(remedy)"
    case .altered(let path):
      "\(path): is not as it was written: its bytes do not have their digest; restore the file, or train again"
    case .otherRun(let path): "\(path): is of another run than the folder's run.yaml; \(remedy)"
    case .otherNetwork(let path, let mismatch): "\(path): \(mismatch); \(remedy)"
    case .feedback(let path, let error): "\(path): \(error); \(remedy)"
    case .otherTask(let path, let found, let expected):
      "\(path): is a checkpoint of task '\(found)', not '\(expected)'; \(remedy)"
    }
  }
}
