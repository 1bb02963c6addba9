import DirectFeedback
import TestSupport
import Testing

@Suite("Exit codes of errors") struct ExitCodeTests {
  @Test("An error says its own code, and one line without its type's name")
  func codes() {
    let errors: [(error: any ReportableError, code: Int32)] = [
      (FileError.system(action: "open", path: "/a", code: 2), 65),
      (FileError.unreadable(path: "/a", reason: "no"), 65),
      (FileError.tooShort(path: "/a", byteCount: 1, recorded: 2), 65),
      (FileError.damaged(path: "/a", reason: "is cut off"), 65),
      (ReportsError.image(reason: "too wide"), 65),
      (ReportsError.film(path: "/a.mp4", reason: "no ffmpeg", remedy: "install it"), 65),
      (EmbeddingError.notFinite(row: 0), 65),
      (EmbeddingError.tooFewRows(count: 1, needed: 4), 64),
      (EmbeddingError.perplexity(30, count: 4), 64),
      (EmbeddingError.setting(name: "rate", value: -1, range: "positive"), 64),
      (DataError.unknownDataset(name: "x", nearest: nil), 65),
      (DataError.file(.unreadable(path: "/a", reason: "no")), 65),
      (DeviceError.unknown("tpu"), 64),
      (DeviceError.absent("cuda", available: 0), 64),
      (SafeTensorsError.malformed("no header"), 65),
      (ParameterMismatch.missing("fc1.weight"), 65),
      (FeedbackMatrixError(path: "output", found: "[1]", expected: "[2]"), 65),
      (ConfigurationError.value(key: "width", reason: "must be at least 1"), 64),
      (ConfigurationError.unknown(kind: "task", name: "x", nearest: nil, known: ["y"]), 64),
      (RunError.missing("/a"), 64),
      (RunError.exists("/a"), 64),
      (RunError.notWritable("/a"), 64),
      (RunError.damaged("/a", "is empty"), 65),
      (CheckpointError.missing("/a"), 65),
      (CheckpointError.otherTask("/a", found: "x", expected: "y"), 65),
      (ConfigurationError.differs(what: "search", folder: "/a", key: "k", stored: "1", asked: "2"), 64),
      (SearchError.allFailed(reason: "diverged"), 1),
      (TrainingError.notFinite("loss", step: 0), 1),
      (RankingError.counts(scores: 1, labels: 2), 65),
      (GraphError.noNodes, 65),
    ]
    for (error, code) in errors {
      let name = "\(type(of: error))"
      #expect(error.exitCode == code, "\(name)")
      #expect(!"\(error)".contains(name) && !"\(error)".contains("\n"), "\(error)")
    }
  }

  @Test("Settings of the feedback that cannot be are those of the command line") func feedback() {
    let error = #expect(throws: ConfigurationError.self) {
      try Experiment<ToyTask>(assignments: ["feedback.decay=-1"])
    }
    #expect(error?.exitCode == 64 && error?.description.hasPrefix("feedback.decay: ") == true)
  }

  @Test("What failed for another reason is one of the rest, and says what to do when memory ran out")
  func rest() throws {
    let refused = #expect(throws: TorchError.self) {
      try withTorchErrors { Tensor.zeros([2]).matmul(.zeros([3])) }
    }
    #expect(refused?.exitCode == 1)
    #expect(refused?.description.contains("smaller") == false)
    let large = #expect(throws: TorchError.self) { try withTorchErrors { Tensor.zeros([1 << 50]) } }
    #expect(large?.description.hasSuffix("; use a smaller network or batch") == true)
    let run = try RunFailure.catching { throw TrainingError.notFinite("loss", step: 0) }
    let failure = #expect(throws: RunFailure.self) { try run.get() }
    #expect(failure?.exitCode == 1 && failure?.description.contains("diverged") == true)
  }
}
