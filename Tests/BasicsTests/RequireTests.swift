import Basics
import Testing

@Suite("What callers must keep") struct RequireTests {
  @Test("A mistake ends the process with its message, in release builds too") func mistake() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      require(CommandLine.arguments.isEmpty, "there are arguments; give none")
    }
    #expect(
      String(decoding: result.standardErrorContent, as: UTF8.self).contains("there are arguments; give none"))
  }

  @Test("Where all is well no message is made") func noMistake() {
    var messages = 0
    func message() -> String {
      messages += 1
      return ""
    }
    require(true, message())
    #expect(messages == 0)
  }
}
