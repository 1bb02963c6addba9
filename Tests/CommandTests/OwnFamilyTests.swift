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

  @Test(
    "So does the name of an experiment, of a network, even of one without a family, and of a data set",
    arguments: [
      ("experiments", TaskFamily.all.reproductions[0].name), ("benchmark networks", "mlp-784"),
      ("benchmark networks", "nerf-8x256"), ("data sets", "cora"),
    ])
  func others(_ kind: String, _ name: String) async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [kind, name] in
      let networks = [BenchmarkNetwork(name, "mine", task: ImageClassificationTask.self, preset: "debug")]
      let family = TaskFamily(
        "mine", summary: "what has its name from others", tasks: [],
        reproductions: kind == "experiments" ? [TaskFamily.all.reproductions[0]] : [],
        benchmarks: kind == "benchmark networks" ? networks : [],
        datasets: kind == "data sets" ? [DatasetCatalog.cora] : [])
      DirectFeedbackCommand.main(adding: [family])
    }
    let errors = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(errors.contains("two of the \(kind) are called '\(name)'; give one another name"))
  }

  @Test("So does the name of a method") func method() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      DirectFeedbackCommand.main(methods: [ShallowTraining.description])
    }
    let errors = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(errors.contains("two training methods or wrappers are named 'shallow'"))
  }
}
