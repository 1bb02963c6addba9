import GraphLearning
import Testing

@Suite("Splits of nodes") struct NodeSplitTests {
  private let labels = (0..<103).map { $0 % 10 == 0 ? -1 : $0 % 7 % 4 }

  @Test("Folds are a fifth, a fifth and three fifths of the nodes with a class, without overlap") func parts()
  {
    let split = NodeSplit(fiveFoldsOf: labels, seed: 1)
    let known = labels.indices.filter { labels[$0] >= 0 }
    #expect((split.training + split.validation + split.test).sorted() == known)
    #expect(split.training.count == (known.count + 4) / 5 && split.validation.count == (known.count + 3) / 5)
    for part in [split.training, split.validation, split.test] { #expect(part == part.sorted()) }
  }

  @Test("Every class has its share of each part") func strata() {
    let split = NodeSplit(fiveFoldsOf: labels, seed: 2)
    for label in 0..<4 {
      let share = Double(labels.count { $0 == label }) / 5
      for (part, parts) in [(split.training, 1.0), (split.validation, 1), (split.test, 3)] {
        let count = Double(part.count { labels[$0] == label })
        #expect(abs(count - parts * share) < (parts == 1 ? 1 : 2), "class \(label)")
      }
    }
  }

  @Test("A seed gives a split, another seed another") func seeds() {
    let split = NodeSplit(fiveFoldsOf: labels, seed: 1)
    #expect(NodeSplit(fiveFoldsOf: labels, seed: 1) == split)
    #expect(NodeSplit(fiveFoldsOf: labels, seed: 2) != split)
  }

  @Test("Few nodes, and none, are split too") func few() {
    let split = NodeSplit(fiveFoldsOf: [2, 0], seed: 1)
    #expect(split == NodeSplit(training: [1], validation: [0], test: []))
    #expect(NodeSplit(fiveFoldsOf: [-1], seed: 1) == NodeSplit(training: [], validation: [], test: []))
  }
}
