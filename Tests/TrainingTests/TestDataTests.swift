import Foundation
import TestSupport
import Testing
import Torch
import Training

@Suite("When test data are looked at") struct TestDataTests {
  @Test("Training never looks at them, and the result does once") func once() throws {
    let trainer = try stepTrainer(["training.evaluateEvery=2 steps"])
    try trainer.train()
    #expect(trainer.task.evaluated == [.validation, .validation, .validation, .validation])
    _ = try trainer.result()
    #expect(trainer.task.evaluated.dropFirst(4).filter { $0 == .test }.count == 1)
    #expect(trainer.task.evaluated.count { $0 == .validation } == 4)
  }

  @Test(
    "They are shown the selected weights, after which the last ones are there again",
    arguments: ["bestValidation", "last"])
  func weights(_ selection: String) throws {
    let trainer = try stepTrainer([
      "scores=[1, 3, 2, 0]", "training.evaluateEvery=2 steps", "training.selection=\(selection)",
    ])
    try trainer.train()
    let last = trainer.checkpoint().tensors
    let result = try trainer.result()
    #expect(areEqual(trainer.checkpoint().tensors, last))
    let best = try #require(trainer.bestWeights).tensors
    let shown = try #require((selection == "last" ? last : best)["parameters/first/weight"])
    #expect(result.metrics["testLoss"] == shown.sum().item && result.step == (selection == "last" ? 8 : 4))
    #expect(result.metrics["validationScore"] == (selection == "last" ? 0 : 3))
    #expect(
      try #require(best["parameters/first/weight"]).sum().item != last["parameters/first/weight"]?.sum().item)
  }

  @Test("A search never looks at them; a comparison does") func searching() throws {
    let scratch = try TemporaryFolder()
    let experiment = try Experiment<StepTask>(assignments: ["hidesTest=true"])
    let space = SearchSpace.grid([try SearchAxis(grid: "optimizer.learningRate=0.1,0.2")])
    let search = try Search(experiment, method: .bp, seeds: [1, 2], space: space)
    _ = try search.run(in: scratch.file("search"))
    #expect(try RunLedger(in: scratch.file("search")).entries.count == 4)
    #expect(throws: StepTask.Hidden()) { try Comparison(experiment, methods: [.bp], seeds: [1]) }
  }
}
