import Networks
import TestSupport
import Testing
import Torch

@Suite("Recording activations") struct ActivationRecorderTests {
  private func recorded(_ network: (Scope) -> (Pass) -> Void) -> ActivationRecorder {
    let recorder = ActivationRecorder()
    network(ParameterStore(seed: 1).root)(
      Pass(.evaluation, generator: RandomGenerator(seed: 1), recorder: recorder))
    return recorder
  }

  @Test("Points come in the order of their first crossing, with what they had the last time") func order() {
    let recorder = recorded { scope in
      let output = FeedbackOutput(scope / "y")
      let (a, b) = (FeedbackPoint(scope / "a", of: output), FeedbackPoint(scope / "b", of: output))
      return { pass in
        for value in [1.0, 2, 3] {
          _ = b(.full([2, 3], value), pass)
          _ = a(.full([2, 4], -value), pass)
        }
        _ = output(.zeros([2, 1]), pass)
      }
    }
    #expect(recorder.activations.map(\.point.path) == ["b", "a"])
    #expect(recorder.activations[0].tensor.equals(.full([2, 3], 3)))
    #expect(recorder.rows(at: "a")?.equals(.full([2, 4], -3)) == true)
    #expect(recorder.rows(at: "y") == nil && recorder.rows(at: "c") == nil)
    #expect(recorder.last?.path == "a")
  }

  @Test("Rows are what the point counts as rows: tokens each, images as wholes") func rows() {
    let recorder = recorded { scope in
      let output = FeedbackOutput(scope / "y")
      let images = FeedbackPoint(scope / "images", of: output)
      let tokens = FeedbackPoint(scope / "tokens", of: output, rowDimensions: 2)
      return { pass in
        _ = images(Tensor.range(0..<48, dtype: .float32).reshaped([2, 4, 3, 2]), pass)
        _ = tokens(Tensor.range(0..<48, dtype: .float32).reshaped([2, 4, 3, 2]), pass)
      }
    }
    let numbers = Tensor.range(0..<48, dtype: .float32)
    #expect(recorder.rows(at: "images")?.equals(numbers.reshaped([2, 24])) == true)
    #expect(recorder.rows(at: "tokens")?.equals(numbers.reshaped([8, 6])) == true)
  }

  @Test("The last point is that of the output read last, of which others may come later") func last() {
    func last(reading path: String) -> String? {
      recorded { scope in
        let outputs = ["coarse", "fine", "bare"].map { FeedbackOutput(scope / $0 / "y") }
        let points = zip(["coarse", "fine"], outputs).map { FeedbackPoint(scope / $0 / "h", of: $1) }
        return { pass in
          for point in points { _ = point(.zeros([1, 1]), pass) }
          for output in outputs where output.path == path { _ = output(.zeros([1, 1]), pass) }
        }
      }.last?.path
    }
    #expect(last(reading: "coarse/y") == "coarse/h" && last(reading: "fine/y") == "fine/h")
    #expect(last(reading: "bare/y") == "fine/h" && last(reading: "none") == "fine/h")
  }

  @Test("It changes nothing of what the network computes") func unchanged() {
    let store = ParameterStore(seed: 1)
    let network = ToyMLP(store.root, [6, 8, 5, 3])
    let x = RandomGenerator(seed: 2).normal([4, 6])
    func y(_ recorder: ActivationRecorder?) -> Tensor {
      network(x, Pass(.evaluation, generator: RandomGenerator(seed: 1), recorder: recorder))
    }
    let recorder = ActivationRecorder()
    #expect(y(recorder).equals(y(nil)))
    #expect(recorder.activations.map(\.tensor.shape) == [[4, 8], [4, 5]])
    let first = x.linear(weight: store.parameters[0].tensor, bias: store.parameters[1].tensor).tanh()
    #expect(recorder.rows(at: "fc1")?.equals(first) == true)
  }
}
