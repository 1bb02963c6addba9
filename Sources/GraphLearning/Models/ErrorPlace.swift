import Networks

/// Where a network of two graph convolutions has its error read.
public enum ErrorPlace: String, NamedChoice {
  /// At the logits, as in the 2020 paper. Nodes without a label have no error there, and their hidden rows no signal.
  case logits
  /// At the products of features and weights in the last layer, before the graph adds them up. The error comes there
  /// through the graph alone, which has no weights of hidden layers, and reaches the neighbours of labelled nodes.
  case products
}
