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

/// The output of a network whose error is read at one of two places.
struct ErrorReading {
  private let place: ErrorPlace
  private let output: FeedbackOutput

  /// - Parameters:
  ///   - scope: The network's.
  ///   - place: Where the error is read.
  ///   - name: What the network puts out.
  init(_ scope: Scope, _ place: ErrorPlace, output name: String = "logits") {
    self.place = place
    output = FeedbackOutput(scope / (place == .logits ? name : "products"))
  }

  /// A feedback point of the output.
  func point(_ scope: Scope) -> FeedbackPoint { FeedbackPoint(scope, of: output) }

  /// Marks the products of the last layer, if the error is read there, then the output, if it is read there.
  ///
  /// - Parameter layer: The last layer, given what it is to do with its products.
  func callAsFunction(_ pass: Pass, layer: ((Tensor) -> Tensor) -> Tensor) -> Tensor {
    switch place {
    case .logits: output(layer { $0 }, pass)
    case .products: layer { output($0, pass) }
    }
  }
}
