import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

/// What methods have in common with backpropagation, bit for bit.
@Suite("Identities") struct IdentityTests {
  private func backpropagation(_ network: ToyNetwork) -> TrainingStep {
    ToyModel(network).step(Backpropagation())
  }

  @Test(
    "One hidden layer with the head's weight as feedback matrix is backpropagation",
    arguments: [
      FeedbackConfiguration.Sharing.shared, .independent,
    ])
  func transposedWeight(_ sharing: FeedbackConfiguration.Sharing) {
    let model = ToyModel(.oneHidden)
    let method = DirectFeedbackAlignment(FeedbackConfiguration(sharing: sharing), seed: 2)
    method.setMatrix(model["head/weight"].detached(), for: sharing == .shared ? "output" : "fc1")
    let step = model.step(method)
    #expect(areEqual(step.gradients.tensors, backpropagation(.oneHidden).gradients.tensors))
    #expect(step.gradients.tensors.allSatisfy { $0 != nil })
  }

  @Test("… for an output whose error is read at a point's own tensor, with the identity as feedback matrix")
  func identityMatrix() {
    let method = DirectFeedbackAlignment(seed: 2)
    method.setMatrix(.identity(8), for: "output")
    let step = ToyModel(.pointIsOutput).step(method)
    let expected = backpropagation(.pointIsOutput)
    for (own, other) in zip(step.gradients.tensors, expected.gradients.tensors) {
      #expect(own.map { own in other.map { own.relativeDifference(from: $0) < 1e-6 } == true } == true)
    }
  }

  @Test(
    "Without points every method that cuts there is backpropagation",
    arguments: NamedMethod.all + NamedMethod.directed)
  func withoutPoints(_ method: NamedMethod) {
    let step = ToyModel(.withoutPoints).step(method.make())
    #expect(areEqual(step.gradients.tensors, backpropagation(.withoutPoints).gradients.tensors))
  }

  @Test(
    "Points that are not of the method's level do nothing",
    arguments: NamedMethod.all.filter {
      $0.description.contains("block")
    })
  func otherLevel(_ method: NamedMethod) {
    let step = ToyModel(.threeHidden).step(method.make())
    #expect(areEqual(step.gradients.tensors, backpropagation(.threeHidden).gradients.tensors))
  }

  /// The paths of parameters that lie above every point, by network.
  static let above: [(ToyNetwork, [String])] = [
    (.oneHidden, ["head/"]), (.threeHidden, ["head/"]), (.blocks, ["head/"]), (.tokens, ["head/"]),
    (.twoOutputs, ["coarse/head/", "fine/head/"]), (.pointIsOutput, ["head/"]),
    (.autoencoder, ["encoder/head/", "decoder1/", "decoder2/"]), (.calledTwice, ["head/"]),
    (.convolutional, ["head/"]), (.noisy, ["head/"]),
  ]

  @Test("Above the points every method has backpropagation's gradients", arguments: NamedMethod.all, above)
  func abovePoints(_ method: NamedMethod, _ item: (network: ToyNetwork, above: [String])) {
    let (step, expected) = (ToyModel(item.network).step(method.make()), backpropagation(item.network))
    var compared = 0
    for parameter in step.gradients.parameters where item.above.contains(where: parameter.path.hasPrefix) {
      let (own, other) = (step.gradients[parameter.path], expected.gradients[parameter.path])
      #expect(areEqual([own], [other]), "\(parameter.path)")
      compared += 1
    }
    #expect(compared == 2 * item.above.count)
  }

  @Test(
    "Shallow training sends nothing below the points, and leaves what lies there bit-equal", arguments: above)
  func shallow(_ network: ToyNetwork, _ above: [String]) {
    let model = ToyModel(network)
    let before = model.snapshot()
    func isAbove(_ parameter: Parameter) -> Bool { above.contains(where: parameter.path.hasPrefix) }
    let step = model.step(ShallowTraining())
    for (parameter, gradient) in zip(step.gradients.parameters, step.gradients.tensors) {
      #expect((gradient != nil) == isAbove(parameter), "\(parameter.path)")
    }
    let optimizer = Optimizer(AdamW(), model.store.parameters, weightDecay: 0.1)
    for _ in 0..<5 { optimizer.update(model.step(ShallowTraining()).gradients, rate: 0.01) }
    for parameter in model.store.parameters {
      #expect(before[parameter.path]?.equals(parameter.tensor) == !isAbove(parameter), "\(parameter.path)")
    }
  }

  @Test("Shallow training at block level trains what lies above the last block only") func shallowBlock() {
    let step = ToyModel(.blocks).step(ShallowTraining(level: .block))
    #expect(step.gradients["fc4/weight"] == nil)
    #expect(areEqual([step.gradients["head/weight"]], [backpropagation(.blocks).gradients["head/weight"]]))
  }

  @Test("A parameter used above the output gets that part of its gradient under shallow training too")
  func tied() throws {
    let model = ToyModel(.tied)
    let shallow = try #require(model.step(ShallowTraining()).gradients["weight"])
    let dfa = try #require(model.step(DirectFeedbackAlignment(seed: 2)).gradients["weight"])
    let zero = DirectFeedbackAlignment(seed: 2)
    zero.setMatrix(.zeros([5, 8]), for: "output")
    let withoutFeedback = try #require(model.step(zero).gradients["weight"])
    #expect(shallow.equals(withoutFeedback))
    #expect(dfa.relativeDifference(from: shallow) > 1e-3)
  }
}
