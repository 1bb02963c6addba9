import FeedbackAlignment
import Foundation
import Networks
import Testing

@Suite("Feedback configuration") struct FeedbackConfigurationTests {
  @Test("The settings are the 2020 paper's unless told otherwise") func standard() {
    let configuration = FeedbackConfiguration()
    #expect(configuration.distribution == .uniform)
    #expect(configuration.normalization == .pointWidth)
    #expect(configuration.sharing == .shared)
    #expect(configuration.level == .layer)
    #expect(configuration.device == "same")
  }

  @Test("A configuration is written and read") func coding() throws {
    let configuration = FeedbackConfiguration(
      distribution: .normal, normalization: .pointAndErrorWidth, sharing: .independent, level: .block,
      device: "cpu")
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(FeedbackConfiguration.self, from: data) == configuration)
  }
}
