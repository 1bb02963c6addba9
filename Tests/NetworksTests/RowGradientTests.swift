import Networks
import TestSupport
import Testing
import Torch

@Suite("Gradients of some rows of a table") struct RowGradientTests {
  private func table() -> Parameter {
    ParameterStore(seed: 1).root.parameter("table", [5, 3], .normal(deviation: 1))
  }

  private func rows() -> RowGradient {
    RowGradient(Tensor([Int64(3), 0]), RandomGenerator(seed: 2).normal([2, 3]), rowCount: 5)
  }

  @Test("Its tensor has them in their places, and zeros elsewhere") func dense() {
    let (rows, tensor) = (rows(), rows().tensor)
    #expect(tensor.shape == [5, 3])
    #expect(tensor.selected(0, 3).equals(rows.values.selected(0, 0)))
    #expect(tensor.selected(0, 0).equals(rows.values.selected(0, 1)))
    for row in [1, 2, 4] { #expect(tensor.selected(0, row).equals(.zeros([3]))) }
  }

  static let rules: [any OptimizerRule] = [
    StochasticGradientDescent(), StochasticGradientDescent(momentum: 0.9), Adam(), AdamW(), RAdam(),
  ]

  @Test("Every rule moves the table as by the whole gradient", arguments: rules, [0, 0.1])
  func updates(_ rule: any OptimizerRule, _ weightDecay: Double) {
    func moved(_ gradient: Gradient) -> Tensor {
      let (table, other) = (
        table(), ParameterStore(seed: 3).root.parameter("other", [4], .normal(deviation: 1))
      )
      let optimizer = Optimizer(rule, [table, other], weightDecay: weightDecay)
      for _ in 0..<3 {
        optimizer.update(Gradients([table, other], [gradient, .dense(.ones([4]))]), rate: 0.1)
      }
      return .concatenated([table.tensor.detached().reshaped([-1]), other.tensor.detached()], 0)
    }
    let found = moved(.rows(rows()))
    #expect(found.maximumDifference(from: moved(.dense(rows().tensor))) < 1e-7)
    #expect(found.maximumDifference(from: moved(.dense(.zeros([5, 3])))) > 1e-2)
  }

  @Test("They count in the norm of all gradients, and are clipped with them") func clipping() throws {
    let parameters = [table(), ParameterStore(seed: 3).root.parameter("other", [4], .normal(deviation: 1))]
    let clipped = Gradients(parameters, [.rows(rows()), .dense(.ones([4]))]).clipped(norm: 0.5)
    let expected = Gradients(parameters, [rows().tensor, .ones([4])]).clipped(norm: 0.5)
    if case .dense = try #require(clipped.values[0]) { Issue.record("the rows became a whole table") }
    for (x, y) in zip(clipped.tensors, expected.tensors) {
      #expect(try #require(x).maximumDifference(from: #require(y)) < 1e-7)
    }
  }
}
