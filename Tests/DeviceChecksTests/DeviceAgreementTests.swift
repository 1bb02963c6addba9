import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("How far a device is from the CPU") struct DeviceAgreementTests {
  /// The step of a network of two parameters whose gradients are these numbers everywhere.
  private func step(large: Double = 1, small: Double = 1e-3, loss offset: Double = 0) -> TrainingStep {
    let network = ToyNetwork("two numbers") { scope in
      let (x, y) = (
        scope.parameter("large", [2], .constant(1)), scope.parameter("small", [2], .constant(1))
      )
      return { _ in x.tensor.sum() * large + y.tensor.sum() * small + offset }
    }
    return ToyModel(network).step(Backpropagation())
  }

  @Test(
    "A loss or a gradient that differs is told with its size, and the worst parameter",
    arguments: [
      (1.0, 1e-3, 0.0, nil), (1, 1e-3, 2.002, "the loss differs from the CPU's by "),
      (1.1, 1e-3, -0.2, "the gradient of 'large' differs from the CPU's by 0.1"),
      (.nan, 1e-3, 0, "the loss differs from the CPU's by inf of it"),
    ] as [(Double, Double, Double, String?)])
  func violations(_ large: Double, _ small: Double, _ offset: Double, _ message: String?) throws {
    let agreement = DeviceAgreement(step(large: large, small: small, loss: offset), with: step())
    let violations = agreement.violations(tolerance: 1e-4)
    #expect(violations.count == (message == nil ? 0 : 1))
    if let message { #expect(try #require(violations.first).hasPrefix(message), "\(violations)") }
  }

  @Test("A gradient that is small beside the others is held to a hundredth of them all") func small() {
    // A thousandth of the whole, and wrong by half: a twentieth of a hundredth of the whole.
    let agreement = DeviceAgreement(step(small: 1.5e-3, loss: -1e-3), with: step())
    #expect(agreement.parameter == "small" && abs(agreement.gradient - 0.05) < 1e-3)
    let infinite = DeviceAgreement(step(small: .infinity, loss: -.infinity), with: step())
    #expect(infinite.loss == .infinity && infinite.gradient == .infinity)
  }

  @Test("The worse of two is the one whose gradient is farther off") func worse() {
    let (near, far) = (
      DeviceAgreement(step(large: 1.01), with: step()), DeviceAgreement(step(large: 1.1), with: step())
    )
    #expect(near.worse(far).gradient == far.gradient && far.worse(near).gradient == far.gradient)
  }

  @Test("Steps that draw random numbers are not compared, and say why") func skipped() throws {
    let network = DeviceAgreement.of(.noisy, on: .cpu) { Backpropagation() }
    #expect(network.skipped == "the network draws random numbers")
    #expect(network.violations(tolerance: 0) == [])
    #expect(DeviceAgreement.of(.oneHidden, on: .cpu) { Backpropagation() }.skipped == nil)
    let (drawing, isRepeatable) = try DeviceAgreement.of(
      ToyTask.self, assignments: [], method: .bp, on: .cpu)
    #expect(drawing.skipped == "the step draws random numbers" && isRepeatable)
    let (still, _) = try DeviceAgreement.of(
      ToyTask.self, assignments: ["dropout=0"], method: .dfa, on: .cpu)
    #expect(still.skipped == nil && still.gradient == 0)
  }
}
