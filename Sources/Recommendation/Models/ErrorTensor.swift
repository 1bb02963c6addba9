import Networks

/// Where a recommender's error is read.
public enum ErrorTensor: String, NamedChoice {
  /// At the logit, one number a row, as in the 2020 paper: what points receive is one direction times a number.
  case logit
  /// At the vector below the last dense layer, whose true gradient is one direction times a number too.
  case hidden
}
