import FeedbackAlignment
import Networks
import Torch

/// A training method with its name for test reports.
package struct NamedMethod: Sendable, CustomStringConvertible {
  package let description: String
  package let trainsBelowPoints: Bool
  package let make: @Sendable () -> any TrainingMethod

  package init(
    _ description: String, trainsBelowPoints: Bool = true,
    _ make: @escaping @Sendable () -> any TrainingMethod
  ) {
    self.description = description
    self.trainsBelowPoints = trainsBelowPoints
    self.make = make
  }

  /// Direct feedback alignment with these settings.
  package static func dfa(_ name: String, _ configuration: FeedbackConfiguration) -> NamedMethod {
    NamedMethod("dfa, \(name)") { DirectFeedbackAlignment(configuration, seed: 2) }
  }

  /// A method by its name, with the default settings.
  package static func named(_ name: MethodName) -> NamedMethod {
    NamedMethod(name.rawValue) { name.make(FeedbackConfiguration(), seed: 2) }
  }

  /// Methods that go down layer by layer through feedback weights.
  package static let layerwise = MethodName.allCases.filter { isLayerwise($0) }.map(named)

  /// Methods that cut the graph and send no fixed projection of the error.
  package static let directed = MethodName.allCases.filter {
    !isLayerwise($0) && ![.bp, .dfa, .shallow].contains($0)
  }
  .map(named)

  /// Methods some of whose steps are by backpropagation: the first and every second after it, or the first two.
  package static let occasional = [
    "dfa+anchors", "shallow+anchors", "kp+anchors", "fdfa+warmup", "ridge",
  ].map { name in
    NamedMethod(name) {
      MethodName(name).make(FeedbackConfiguration(anchorEvery: .steps(2), warmup: .steps(2)), seed: 2)
    }
  }

  private static func isLayerwise(_ name: MethodName) -> Bool {
    name.make(FeedbackConfiguration(), seed: 2) is any LayerwiseFeedbackMethod
  }

  /// Every other method, with each way to share, scale and place the feedback, and each kind of matrix.
  package static let all =
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
    + [FeedbackKind.sparse(density: 0.5), .orthogonal, .hadamard, .sign, .identity].map { kind in
      .dfa("\(kind)", FeedbackConfiguration(kind: kind))
    }
    + [FeedbackKind.dense, .sparse(density: 0.5), .hadamard, .sign].map { kind in
      .dfa("\(kind), regenerated", FeedbackConfiguration(kind: kind, storage: .regenerated))
    }
}
