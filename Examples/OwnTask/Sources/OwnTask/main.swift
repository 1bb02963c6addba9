import DirectFeedback
import DirectFeedbackCommand

// All of `dfa`, with one task more: OwnTask list tasks, OwnTask train spiral, OwnTask compare spiral, ...
DirectFeedbackCommand.main(adding: [
  TaskFamily("spirals", summary: "points on spirals", tasks: [SpiralTask.self])
])
