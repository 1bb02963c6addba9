import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Matrix products of a step") struct MatrixProductTests {
  /// The products of a step on a perceptron with hidden layers of unequal widths.
  private struct Step {
    let trace: OperationTrace
    let forward, weightGradients, inputGradients, projections: Int

    init(_ method: any TrainingMethod, hidden: Int) {
      let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
      let store = ParameterStore(seed: 1)
      let network = ToyMLP(store.root, [6] + (0..<hidden).map { 7 + $0 } + [3])
      let optimizer = Optimizer(StochasticGradientDescent(momentum: 0.9), store.parameters)
      let generator = RandomGenerator(seed: 2)
      func step() {
        let step = method.step(store.parameters, generator: generator) {
          network(data.inputs, $0).crossEntropy(data.classes)
        }
        optimizer.update(step.gradients, rate: 0.1)
      }
      step()  // the first one draws feedback matrices
      trace = OperationTrace.record { step() }
      let weights = Set(store.parameters.map(\.tensor.storageAddress))
      let products = trace.matrixProducts
      let backward = products.filter { $0.node != nil }
      forward = products.count { $0.node == nil && $0.region == nil }
      inputGradients = backward.count { $0.operands.contains { weights.contains($0.storage) } }
      weightGradients = backward.count - inputGradients
      projections = products.count { $0.region == "projection" }
      #expect(forward + weightGradients + inputGradients + projections == products.count)
    }
  }

  @Test(
    "Backpropagation multiplies three times in every layer but the first, and there twice", arguments: 1...4)
  func backpropagation(_ hidden: Int) {
    let step = Step(Backpropagation(), hidden: hidden)
    #expect(step.forward == hidden + 1)
    #expect(step.weightGradients == hidden + 1)
    #expect(step.inputGradients == hidden)
    #expect(step.projections == 0)
  }

  @Test("Direct feedback alignment computes no gradient by an input, and projects once", arguments: 1...4)
  func directFeedbackAlignment(_ hidden: Int) {
    let step = Step(DirectFeedbackAlignment(seed: 1), hidden: hidden)
    #expect(step.forward == hidden + 1)
    #expect(step.weightGradients == hidden + 1)
    #expect(step.inputGradients == 0)
    #expect(step.projections == 1)
  }

  @Test("Shallow training computes the gradient of the top layer alone") func shallow() {
    let step = Step(ShallowTraining(), hidden: 3)
    #expect(step.forward == 4)
    #expect(step.weightGradients == 1)
    #expect(step.inputGradients == 0)
  }

  @Test("No step waits for the device", arguments: MethodName.allCases) func synchronisation(
    _ name: MethodName
  ) {
    let trace = Step(name.make(FeedbackConfiguration(), seed: 1), hidden: 3).trace
    for operation in ["aten::item", "aten::_local_scalar_dense", "aten::nonzero"] {
      #expect(trace.count(of: operation) == 0)
    }
  }
}
