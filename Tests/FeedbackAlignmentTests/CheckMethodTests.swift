import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("The checker of methods") struct CheckMethodTests {
  /// A way for a method to be wrong.
  enum Fault: String, CaseIterable {
    case lossOnGraph, scaledLoss, notANumber, upwards, skipsHead, drawsGradients, drawsLoss

    var message: String {
      switch self {
      case .lossOnGraph: "the loss is on the graph"
      case .scaledLoss: ", in a plain pass "
      case .notANumber: "the gradient of 'fc1/weight' holds NaN or infinity"
      case .upwards: "30 steps take the loss from "
      case .skipsHead: "'head/weight' gets no gradient"
      case .drawsGradients: "the gradients are not given by the seeds"
      case .drawsLoss: "the loss is not given by the seeds"
      }
    }
  }

  /// Backpropagation with a fault.
  private final class Wrong: TrainingMethod {
    private let fault: Fault?
    private let random = Double.random(in: 0.5...1)

    init(_ fault: Fault?) { self.fault = fault }

    func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
      var own: Tensor?
      _ = try Backpropagation().step(context) { pass in
        let loss = try loss(pass)
        own = loss
        // What is differentiated; its value is nobody's.
        return switch fault {
        case .notANumber: loss * .nan
        case .upwards: -loss
        case .skipsHead: loss.detached() + hiddenWeight(context).square().sum()
        case .drawsGradients: loss * random
        default: loss
        }
      }
      guard let own else { return Tensor(0) }
      return switch fault {
      case .lossOnGraph: own
      case .scaledLoss: own.detached() * 2
      case .drawsLoss: own.detached() * random
      default: own.detached()
      }
    }

    private func hiddenWeight(_ context: StepContext) -> Tensor { context.gradients.parameters[0].tensor }
  }

  @Test("It tells what is wrong with a method, and nothing of one that is right", arguments: Fault.allCases)
  func faults(_ fault: Fault) {
    #expect(checkMethod(.oneHidden) { Wrong(nil) } == [])
    let violations = checkMethod(.oneHidden) { Wrong(fault) }
    #expect(violations.contains { $0.contains(fault.message) }, "\(violations)")
  }

  @Test("A method may raise the loss where that is its nature, and may not where nothing below learns")
  func allowed() {
    #expect(checkMethod(.oneHidden, mayRaiseLoss: true) { Wrong(.upwards) } == [])
    #expect(checkMethod(.oneHidden, trainsBelowPoints: false) { Wrong(.upwards) }.count == 1)
    #expect(checkMethod(.oneHidden, trainsBelowPoints: false) { ShallowTraining() } == [])
  }
}
