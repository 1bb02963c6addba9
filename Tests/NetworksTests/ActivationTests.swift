import Foundation
import Networks
import Testing
import Torch

@Suite("Activations") struct ActivationTests {
  static let names: [(String, Activation)] = [
    ("tanh", .tanh), ("relu", .relu), ("abs", .abs), ("elu", .elu), ("sigmoid", .sigmoid),
    ("identity", .identity),
    ("leakyReLU(-0.5)", .leakyReLU(slope: -0.5)), ("leakyReLU(0.0)", .leakyReLU(slope: 0)),
    ("leakyReLU(1e-05)", .leakyReLU(slope: 1e-5)),
  ]

  @Test("Names are read and written", arguments: names) func roundTrip(
    _ name: String, _ activation: Activation
  ) throws {
    #expect(Activation(name) == activation)
    #expect(activation.description == name)
    let data = try JSONEncoder().encode([activation])
    #expect(try JSONDecoder().decode([Activation].self, from: data) == [activation])
  }

  @Test("leakyReLU without a slope has PyTorch's, and is written with it") func defaultSlope() {
    #expect(Activation("leakyReLU") == .leakyReLU(slope: 0.01))
    #expect(Activation.leakyReLU(slope: 0.01).description.hasPrefix("leakyReLU"))
    #expect(Activation(Activation.leakyReLU(slope: 0.01).description) == .leakyReLU(slope: 0.01))
  }

  @Test(
    "What is no name is refused, with the names that are",
    arguments: [
      "", "Tanh", "tanh ", "leakyReLU()", "leakyReLU(x)", "leakyReLU(nan)", "leakyReLU(inf)", "leakyReLU(1",
      "softsign",
    ])
  func unknown(_ name: String) throws {
    #expect(Activation(name) == nil)
    let json = try JSONEncoder().encode([name])
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode([Activation].self, from: json)
    }
    #expect("\(error)".contains("leakyReLU(SLOPE)"))
  }

  static let functions: [(Activation, [Double])] = [
    (.relu, [0, 0, 2]), (.leakyReLU(slope: -0.5), [0.5, 0, 2]), (.abs, [1, 0, 2]), (.identity, [-1, 0, 2]),
    (.elu, [exp(-1) - 1, 0, 2]), (.tanh, [tanh(-1), 0, tanh(2)]),
    (.sigmoid, [1 / (1 + exp(1)), 0.5, 1 / (1 + exp(-2))]),
  ]

  @Test("Each is the function of its name", arguments: functions)
  func values(_ activation: Activation, _ expected: [Double]) {
    let found = activation(Tensor([-1.0, 0, 2])).scalars(Double.self)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }
}
