import Networks

/// Where a Transformer's block normalises.
public enum NormalizationPlace: String, NamedChoice {
  /// After each sum, as in Vaswani et al. 2017 and Launay et al. 2020.
  case post
  /// Before each branch, as in GPT-2.
  case pre
  /// Before each branch and after it, so that no branch adds more than another, as in CogView (Ding et al. 2021).
  case sandwich
}
