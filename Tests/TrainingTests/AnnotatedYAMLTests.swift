import FeedbackAlignment
import TestSupport
import Testing
import Training

@Suite("Configurations with their explanations") struct AnnotatedYAMLTests {
  @Test("It is read as the same configuration") func reading() throws {
    let configuration = try Experiment<ToyTask>(assignments: [
      "optimizer.rule=adam", "optimizer.schedule=cosine", "hidden=[]", "training.patience=500 steps",
    ]).configuration(.dfa)
    let folder = try TemporaryFolder()
    let file = try folder.file("c.yaml", holding: annotatedYAML(configuration))
    #expect(try ConfigurationOverlay(file: file).applied(to: ToyConfiguration()) == configuration)
  }

  @Test("Every key has a line that says what it means, and what is allowed where not everything is")
  func lines() throws {
    let lines = try annotatedYAML(ToyConfiguration()).split(separator: "\n")
    #expect(lines.allSatisfy { $0.contains("  # ") && !$0.hasSuffix("# ") })
    let dropout = try #require(lines.first { $0.hasPrefix("dropout: 0.3 ") })
    #expect(dropout.contains("# the probability that a hidden unit is dropped; "))
    #expect(
      lines.contains { $0.hasPrefix("  schedule:") && $0.contains("constant, step, exponential, plateau") })
  }
}
