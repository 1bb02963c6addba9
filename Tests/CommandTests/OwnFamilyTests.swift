import DirectFeedback
import DirectFeedbackCommand
import Testing

@Suite("A command with families of one's own") struct OwnFamilyTests {
  @Test("A task whose name is taken ends the process with the name") func repeated() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let family = TaskFamily("mine", summary: "a perceptron", tasks: [ImageClassificationTask.self])
      DirectFeedbackCommand.main(adding: [family])
    }
    let errors = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(errors.contains("two of the tasks are called 'image'; give one another name"))
  }
}
