import FeedbackAlignment
import Networks
import TestSupport
import Torch

/// A training method with its name for test reports.
struct NamedMethod: Sendable, CustomStringConvertible {
  let description: String
  let trainsBelowPoints: Bool
  let make: @Sendable () -> any TrainingMethod

  init(
    _ description: String, trainsBelowPoints: Bool = true,
    _ make: @escaping @Sendable () -> any TrainingMethod
  ) {
    self.description = description
    self.trainsBelowPoints = trainsBelowPoints
    self.make = make
  }

  /// Direct feedback alignment with these settings.
  static func dfa(_ name: String, _ configuration: FeedbackConfiguration) -> NamedMethod {
    NamedMethod("dfa, \(name)") { DirectFeedbackAlignment(configuration, seed: 2) }
  }

  /// A method by its name, with the default settings.
  static func named(_ name: MethodName) -> NamedMethod {
    NamedMethod(name.rawValue) { name.make(FeedbackConfiguration(), seed: 2) }
  }

  /// Methods that go down layer by layer through feedback weights.
  static let layerwise = MethodName.allCases.filter { isLayerwise($0) }.map(named)

  /// Methods that cut the graph and send no fixed projection of the error.
  static let directed = MethodName.allCases.filter {
    !isLayerwise($0) && ![.bp, .dfa, .shallow].contains($0)
  }
  .map(named)

  private static func isLayerwise(_ name: MethodName) -> Bool {
    name.make(FeedbackConfiguration(), seed: 2) is any LayerwiseFeedbackMethod
  }

  /// Every other method, with each way to share, scale and place the feedback, and each kind of matrix.
  static let all =
    [
      NamedMethod("bp") { Backpropagation() },
      NamedMethod("shallow", trainsBelowPoints: false) { ShallowTraining() },
      NamedMethod("shallow, block", trainsBelowPoints: false) { ShallowTraining(level: .block) },
      .dfa("block", FeedbackConfiguration(level: .block)),
      .dfa("normal", FeedbackConfiguration(distribution: .normal, normalization: .pointAndErrorWidth)),
    ]
    + FeedbackConfiguration.Sharing.allCases.flatMap { sharing in
      FeedbackConfiguration.Normalization.allCases.map { normalization in
        .dfa(
          "\(sharing.rawValue), \(normalization.rawValue)",
          FeedbackConfiguration(normalization: normalization, sharing: sharing))
      }
    }
    + [FeedbackKind.sparse(density: 0.5), .orthogonal, .hadamard, .sign].map { kind in
      .dfa("\(kind)", FeedbackConfiguration(kind: kind))
    }
    + [FeedbackKind.dense, .sparse(density: 0.5), .hadamard, .sign].map { kind in
      .dfa("\(kind), regenerated", FeedbackConfiguration(kind: kind, storage: .regenerated))
    }
}

/// A recorder that cuts nothing and notes the tensors that cross points.
final class Witness: FeedbackRecorder {
  private(set) var crossed: [(path: String, tensor: Tensor)] = []

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    crossed.append((point.path, x))
    return x
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor { y }
}
