import DirectFeedback
import DirectFeedbackCommand
import Foundation
import TestSupport

// All of `dfa`, with what a package may add to it: the tests of the command run it where no data are needed.
DirectFeedbackCommand.main(
  adding: [
    TaskFamily("balls", summary: "a scene that needs no data", tasks: [BallTask.self]),
    TaskFamily(
      "toys", summary: "what needs no data", tasks: [ToyTask.self], reproductions: [sizes],
      benchmarks: [BenchmarkNetwork("toy", "the toy perceptron", task: ToyTask.self, preset: "debug")],
      datasets: [small]),
  ],
  methods: [copy], wrappers: [scaling("doubled", by: 2), scaling("broken", by: .infinity)])
