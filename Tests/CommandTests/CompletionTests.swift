import Foundation
import Testing

@Suite("What a shell completes words by") struct CompletionTests {
  /// What the command answers a shell that asks for a word of a subcommand, with the line's words so far.
  private func candidates(_ subcommand: [String], _ argument: String, _ words: [String]) throws -> [String] {
    let question =
      ["---completion"] + subcommand + ["--", argument, "\(words.count - 1)", "\(words.last?.count ?? 0)"]
    let answer = try Command(
      question + words, environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"])
    #expect(answer.status == 0, "\(answer.errors)")
    return answer.output.split(separator: "\n").map(String.init)
  }

  @Test("Tasks, and the presets of the task on the line") func presets() throws {
    let tasks = try candidates(["train"], "positional@0", ["dfa", "train", ""])
    #expect(Set(tasks).isSuperset(of: ["image", "vgg16", "graph", "autoencoder"]))
    let words = ["dfa", "train", "vgg16", "--preset", ""]
    let presets = try candidates(["train"], "--preset", words)
    #expect(presets.contains("vgg16-small") && !presets.contains("gcn-cora"))
  }

  @Test("Methods after a comma") func methods() throws {
    let words = ["dfa", "compare", "graph", "--methods", "bp,d"]
    let methods = try candidates(["compare"], "--methods", words)
    #expect(methods.contains("bp,dfa") && methods.contains("bp,shallow"))
  }

  @Test("Experiments, data sets and benchmark networks") func others() throws {
    #expect(try candidates(["reproduce"], "positional@0", ["dfa", "reproduce", "t"]).contains("table3"))
    #expect(
      try candidates(["data", "fetch"], "positional@0", ["dfa", "data", "fetch", ""]).contains("citeseer"))
    #expect(
      try candidates(["bench", "step"], "--network", ["dfa", "bench", "step", "--network", ""])
        .contains("gcn-cora"))
  }

  @Test("Scripts are made for every shell", arguments: ["bash", "zsh", "fish"]) func scripts(_ shell: String)
    throws
  {
    let script = try Command(["--generate-completion-script", shell])
    #expect(script.status == 0 && script.output.contains("compare") && script.errors.isEmpty)
  }
}
