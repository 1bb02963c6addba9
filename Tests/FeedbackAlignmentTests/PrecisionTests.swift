import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("bfloat16") struct PrecisionTests {
  private func step(
    _ method: any TrainingMethod, _ network: ToyNetwork, _ precision: Precision,
    memory: ActivationMemory = .whole
  ) -> TrainingStep {
    let model = ToyModel(network)
    return method.step(model.store.parameters, generator: RandomGenerator(seed: 5), memory: memory) { pass in
      precision.run(on: .cpu) { model.loss(pass) }
    }
  }

  @Test(
    "Loss and gradients are single precision, and near those computed in it", arguments: NamedMethod.all,
    ToyNetwork.all)
  func isNear(_ method: NamedMethod, _ network: ToyNetwork) {
    let (full, half) = (step(method.make(), network, .float32), step(method.make(), network, .bfloat16))
    #expect(half.loss.dtype == .float32)
    #expect(half.loss.relativeDifference(from: full.loss) < 0.02)
    #expect(half.gradients.tensors.allSatisfy { $0.map { $0.dtype == .float32 } ?? true })
    // All gradients together: that of a bias below a batch normalisation is zero but for rounding.
    func flat(_ step: TrainingStep) -> Tensor {
      Tensor.concatenated(step.gradients.tensors.compactMap { $0?.reshaped([-1]) }, 0)
    }
    #expect(flat(half).relativeDifference(from: flat(full)) < 0.05)
  }

  @Test("Products are computed in bfloat16, and in float32 again afterwards", arguments: NamedMethod.all)
  func isUsed(_ method: NamedMethod) {
    let (full, half) = (
      step(method.make(), .threeHidden, .float32), step(method.make(), .threeHidden, .bfloat16)
    )
    #expect(!half.loss.equals(full.loss))
    #expect(step(method.make(), .threeHidden, .float32).loss.equals(full.loss))
    let x = Tensor.ones([2, 2])
    #expect(Precision.bfloat16.run(on: .cpu) { x.matmul(x).dtype } == .bfloat16)
    #expect(x.matmul(x).dtype == .float32)
  }

  @Test(
    "Replay has the gradients of the whole graph, bit for bit", arguments: NamedMethod.all, ToyNetwork.all)
  func replay(_ method: NamedMethod, _ network: ToyNetwork) {
    let whole = step(method.make(), network, .bfloat16)
    let replayed = step(method.make(), network, .bfloat16, memory: .replay)
    #expect(replayed.loss.equals(whole.loss))
    #expect(areEqual(replayed.gradients.tensors, whole.gradients.tensors))
  }

  @Test("The precision is left also when the pass throws") func errors() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try Precision.bfloat16.run(on: .cpu) { throw Stop() } }
    let x = Tensor.ones([2, 2])
    #expect(x.matmul(x).dtype == .float32)
  }
}
