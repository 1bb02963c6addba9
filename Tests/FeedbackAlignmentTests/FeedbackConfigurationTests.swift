import FeedbackAlignment
import Foundation
import Networks
import Testing

@Suite("Feedback configuration") struct FeedbackConfigurationTests {
  @Test("The settings are the 2020 paper's unless told otherwise") func standard() {
    let configuration = FeedbackConfiguration()
    #expect(configuration.kind == .dense)
    #expect(configuration.storage == .stored)
    #expect(configuration.distribution == .uniform)
    #expect(configuration.normalization == .pointWidth)
    #expect(configuration.sharing == .shared)
    #expect(configuration.level == .layer)
    #expect(configuration.device == "same")
  }

  @Test("A configuration is written and read") func coding() throws {
    let configuration = FeedbackConfiguration(
      kind: .sparse(density: 0.25), storage: .regenerated, distribution: .normal,
      normalization: .pointAndErrorWidth, sharing: .independent, level: .block, device: "cpu")
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(FeedbackConfiguration.self, from: data) == configuration)
  }

  @Test(
    "A kind is written as its name",
    arguments: [
      (FeedbackKind.dense, "dense"), (.sparse(density: 0.1), "sparse(0.1)"), (.orthogonal, "orthogonal"),
      (.sparse(density: 1), "sparse(1.0)"), (.sparse(density: 1e-3), "sparse(0.001)"),
      (.hadamard, "hadamard"), (.sign, "sign"), (.identity, "identity"),
    ])
  func kinds(_ kind: FeedbackKind, _ name: String) {
    #expect(kind.description == name)
    #expect(FeedbackKind(name) == kind)
  }

  @Test("A sparse matrix has the density 0.1 when none is given") func standardDensity() {
    #expect(FeedbackKind("sparse") == .sparse(density: 0.1))
  }

  @Test(
    "What is no kind, or no density, is refused",
    arguments: [
      "", "Dense", "sparse()", "sparse(0)", "sparse(-0.1)", "sparse(1.1)", "sparse(nan)", "sparse(inf)",
      "sparse(0.1", "sparse(a)", "dense(0.1)", "toeplitz",
    ])
  func noKind(_ name: String) { #expect(FeedbackKind(name) == nil) }

  @Test("Decay and averaging out of range are refused by name") func learning() {
    func refusal(_ configuration: FeedbackConfiguration) -> String? {
      do {
        try configuration.check()
        return nil
      } catch { return "\(error)" }
    }
    for decay in [-1, Double.nan, .infinity] {
      #expect(refusal(FeedbackConfiguration(decay: decay))?.hasPrefix("decay: ") == true)
    }
    for averaging in [0, 1.1, Double.nan] {
      #expect(refusal(FeedbackConfiguration(averaging: averaging))?.hasPrefix("averaging: ") == true)
    }
    #expect(refusal(FeedbackConfiguration(decay: 0, averaging: 1)) == nil)
  }

  @Test("An orthogonal matrix cannot be regenerated, and the error says why and what to do")
  func orthogonalRegenerated() throws {
    let error = #expect(throws: SettingError.self) {
      try FeedbackConfiguration(kind: .orthogonal, storage: .regenerated).check()
    }
    #expect(
      error?.description
        == "storage: an orthogonal matrix cannot be regenerated, because its elements depend on all "
        + "others; use stored, or feedback.kind=hadamard")
    try FeedbackConfiguration(kind: .orthogonal).check()
  }

  @Test("A density beyond (0, 1] is refused", arguments: [0, -1, 1.5, .nan, .infinity])
  func density(_ density: Double) throws {
    #expect(throws: SettingError.self) {
      try FeedbackConfiguration(kind: .sparse(density: density)).check()
    }
  }
}
