import Datasets
import FeedbackAlignment
import TestSupport
import Testing
import Training

@Suite("Families of tasks") struct TaskFamilyTests {
  private let table = Reproduction(
    "tableT", title: "a table", source: "nobody", rowTitle: "row", columnTitle: "column",
    cells: [
      ReproductionCell(
        row: "a", column: "b", task: ToyTask.self, preset: "debug", quantity: .alignment, paper: [.dfa: 0.5])
    ])
  private let data = Dataset(
    name: "toys", summary: "toys", folder: "toys", files: [DatasetFile("a", 1)], sources: [])

  private var families: [TaskFamily] {
    [
      TaskFamily("empty", summary: "nothing", tasks: []),
      TaskFamily(
        "toys", summary: "toys", tasks: [ToyTask.self], reproductions: [table],
        benchmarks: [BenchmarkNetwork("toy-debug", "a toy", task: ToyTask.self, preset: "debug")],
        datasets: [data]),
    ]
  }

  private func message(_ body: () throws -> some Any) throws -> String {
    "\(try #require(#expect(throws: (any Error).self) { _ = try body() }))"
  }

  @Test("What each has is found by its name") func finds() throws {
    #expect(try families.task(named: "toy") == ToyTask.self)
    #expect(try families.task(withPreset: "tuned") == ToyTask.self)
    #expect(try families.reproduction(named: "tableT").cells.count == 1)
    #expect(families.figure(named: "figure1") == nil)
    #expect(families.benchmarks.map(\.name) == ["toy-debug"])
    #expect(try families.dataset(named: "toys") == data)
    #expect(try families.dataset(named: "cora") == DatasetCatalog.cora)
    #expect(families.repeatedName == nil)
  }

  @Test("A name that is unknown names the nearest") func unknown() throws {
    #expect(try message { try families.task(named: "toi") } == "unknown task 'toi'; did you mean 'toy'?")
    #expect(
      try message { try families.task(withPreset: "debag") }
        == "unknown preset 'debag'; did you mean 'debug'?")
    #expect(
      try message { try families.reproduction(named: "tableS") }
        == "unknown experiment 'tableS'; did you mean 'tableT'?")
    #expect(try message { try families.dataset(named: "toyz") }.contains("did you mean \"toys\"?"))
  }

  @Test("A preset of two tasks asks for the task") func ambiguous() throws {
    let twice = families + families
    #expect(
      try message { try twice.task(withPreset: "debug") }
        == "--preset: 'debug' is a preset of toy and toy; add --task")
  }

  @Test("A name that is given twice is found, whatever has it") func repeated() throws {
    func repeated(_ family: TaskFamily) -> String? {
      (families + [family]).repeatedName.map { "\($0.kind) \($0.name)" }
    }
    #expect(repeated(TaskFamily("more", summary: "", tasks: [ToyTask.self])) == "tasks toy")
    #expect(
      repeated(TaskFamily("more", summary: "", tasks: [], reproductions: [table])) == "experiments tableT")
    #expect(
      repeated(TaskFamily("more", summary: "", tasks: [], datasets: [DatasetCatalog.cora]))
        == "data sets cora")
    let network = BenchmarkNetwork("toy-debug", "the same", task: ToyTask.self, preset: "tuned")
    #expect(
      repeated(TaskFamily("more", summary: "", tasks: [], benchmarks: [network]))
        == "benchmark networks toy-debug")
    #expect(repeated(TaskFamily("more", summary: "", tasks: [])) == nil)
  }
}
