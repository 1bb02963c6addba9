import Networks
import Torch

/// Where a network of two graph convolutions has its error read.
public enum ErrorPlace: String, NamedChoice {
  /// At the logits, as in the 2020 paper. Nodes without a label have no error there, and their hidden rows no signal.
  case logits
  /// At the products of features and weights in the last layer, before the graph adds them up. The error comes there
  /// through the graph alone, which has no weights of hidden layers, and reaches the neighbours of labelled nodes.
  case products
}

/// The output of a network whose error is read at one of two places, and may be diffused along the edges.
struct ErrorReading {
  private let place: ErrorPlace
  private let output: FeedbackOutput
  private let diffusion: ErrorDiffusion?

  /// - Parameters:
  ///   - scope: The network's.
  ///   - place: Where the error is read.
  ///   - hops: Over how many edges the error of the logits is diffused for the point; with 0 it is that of the place.
  ///   - name: What the network puts out.
  init(_ scope: Scope, _ place: ErrorPlace, hops: Int = 0, output name: String = "logits") {
    self.place = place
    output = FeedbackOutput(scope / (place == .logits ? name : "products"))
    // The scope's name is a key of checkpoints and part of the seed of the feedback.
    diffusion = hops > 0 ? ErrorDiffusion(scope / "spreadError", hops: hops) : nil
  }

  /// A feedback point below the aggregations over which the error is diffused.
  func point(_ scope: Scope) -> FeedbackPoint { diffusion?.point(scope) ?? outputPoint(scope) }

  /// A feedback point that receives the error as it is read.
  func outputPoint(_ scope: Scope) -> FeedbackPoint { FeedbackPoint(scope, of: output) }

  /// Marks the products of the last layer, if the error is read there, then the output, if it is read there.
  ///
  /// - Parameter layer: The last layer, given what it is to do with its products.
  func callAsFunction(_ graph: Graph, _ pass: Pass, layer: ((Tensor) -> Tensor) -> Tensor) -> Tensor {
    switch place {
    case .logits:
      let y = layer { $0 }
      let zeros = diffusion.map { $0(classes: y.shape[1], graph, pass) }
      let read = output(y, pass)
      return zeros.map { read + $0 } ?? read
    case .products: return layer { output($0, pass) }
    }
  }
}
