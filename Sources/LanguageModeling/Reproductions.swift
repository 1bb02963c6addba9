import FeedbackAlignment
import Training

extension LanguageModeling {
  /// Table 5 of the 2020 paper.
  static let reproductions: [Reproduction] = []
}
