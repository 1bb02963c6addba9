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

  @Test("Groups of parameters are read as they were, with every line explained") func groups() throws {
    let configuration = try Experiment<StepTask>(assignments: [
      "optimizer.groups.first={learningRate: 1e-7, rule: radam}", "optimizer.clipNorm=2.5",
      "optimizer.schedule={plateau: {metric: loss, patience: 7 steps}}", "scores=[]",
    ]).configuration(.bp)
    let text = try annotatedYAML(configuration)
    #expect(try read(text) == configuration)
    #expect(
      text.split(separator: "\n").filter { !$0.contains("  # ") }.map {
        $0.trimmingPrefix(while: { $0 == " " })
      } == ["first:"])
  }

  @Test(
    "A text is read as it was, whatever it looks like",
    arguments: [
      "", " ", "plain", "1e5", "1e-5", "0x1e", "true", "null", "~", "12", "a: b", "# no comment", "a # b",
      "- x", "'quoted'", "it's", "\"double\"", "[a, b]", "{a: b}", "C:\\images", "über/straße", "a  b",
    ])
  func texts(_ text: String) throws {
    var configuration = StepConfiguration()
    configuration.note = text
    #expect(try read(annotatedYAML(configuration)).note == text)
    #expect(try read(readableYAML(configuration)) == configuration)
  }

  private func read(_ text: String) throws -> StepConfiguration {
    let folder = try TemporaryFolder()
    let file = try folder.file("c.yaml", holding: text)
    return try ConfigurationOverlay(file: file).applied(to: StepConfiguration())
  }
}
