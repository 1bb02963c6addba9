import Networks
import TestSupport
import Testing
import Torch

@Suite("The checker of layers") struct CheckLayerTests {
  /// A way for a layer to be wrong.
  enum Fault: String, CaseIterable {
    case countsEvaluations, movesWeight, ownGenerator, otherShapeInTraining, bufferWithGradient

    var message: String {
      switch self {
      case .countsEvaluations: "evaluation changes a parameter or buffer"
      case .movesWeight: "the forward pass changes a parameter"
      case .ownGenerator: "training is not given by the state of the generator"
      case .otherShapeInTraining: "the output is [1, 3, 2] in training"
      case .bufferWithGradient: "a buffer requires a gradient"
      }
    }
  }

  /// Multiplies by a weight, which it does well without a fault.
  private struct Product: Layer {
    let weight, count: Parameter
    let fault: Fault?
    let generator = RandomGenerator(seed: 9)

    init(_ scope: Scope, _ fault: Fault?) {
      weight = scope.parameter("weight", [2], .constant(1.5))
      count = scope.buffer("count", [], .constant(0))
      self.fault = fault
      if fault == .bufferWithGradient { _ = count.tensor.requiringGradient() }
    }

    func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
      if fault == .countsEvaluations, pass.mode == .evaluation { count.tensor.add(Tensor(1)) }
      guard pass.mode == .training else { return x * weight.tensor }
      switch fault {
      case .movesWeight: weight.tensor.add(Tensor.ones([2]), scale: 0.25)
      case .ownGenerator: return x * weight.tensor + generator.uniform([1])
      case .otherShapeInTraining: return (x * weight.tensor).reshaped([1] + x.shape)
      default: break
      }
      return x * weight.tensor
    }
  }

  private func violations(_ fault: Fault?) -> [String] {
    checkLayer(inputShape: [3, 2], outputShape: [3, 2], parameters: ["weight"], buffers: ["count"]) {
      Product($0, fault)
    }
  }

  @Test("It finds nothing wrong with a layer that keeps everything") func right() {
    #expect(violations(nil) == [])
  }

  @Test("It tells what is wrong with one that does not", arguments: Fault.allCases) func wrong(_ fault: Fault)
  {
    #expect(violations(fault).contains(fault.message), "\(violations(fault))")
  }
}
