import Basics
import Torch

/// A run that came to nothing by its own settings, such as one that diverged, where other runs may well succeed.
package struct RunFailure: ReportableError, Equatable {
  /// What happened.
  package let reason: String

  /// `ExitCode.failure`.
  package var exitCode: Int32 { ExitCode.failure }

  /// The reason.
  package var description: String { reason }

  /// What a run gives, or its failure.
  /// - Throws: What is no failure of the run alone: data that are missing, files that cannot be written.
  package static func catching<Value>(_ run: () throws -> Value) throws -> Result<Value, RunFailure> {
    do {
      return .success(try withTorchErrors(run))
    } catch let error as TrainingError {
      return .failure(RunFailure(reason: error.description))
    } catch let error as ConfigurationError {
      return .failure(RunFailure(reason: error.description))
    } catch let error as TorchError {
      return .failure(RunFailure(reason: error.description))
    }
  }
}
