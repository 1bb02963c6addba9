import Networks
import Testing
import Torch

/// Mistakes in networks end the process with what is wrong and what to do, in release builds too.
@Suite("What misuse of layers and names says") struct NetworkMisuseTests {
  private func message(_ result: ExitTest.Result) -> String {
    String(decoding: result.standardErrorContent, as: UTF8.self)
  }

  @Test("Two parameters of one path") func parameters() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let store = ParameterStore(seed: 1)
      _ = Linear(store.root / "fc", 1, 1)
      _ = store.root.buffer("fc/weight", [1], .constant(0))
    }
    #expect(
      message(result).contains("two parameters have the path 'fc/weight'; give each layer its own scope"))
  }

  @Test("Two points of one path") func points() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let scope = ParameterStore(seed: 1).root
      let output = FeedbackOutput(scope / "y")
      for _ in 0..<2 { _ = FeedbackPoint(scope / "h", of: output) }
    }
    #expect(message(result).contains("two feedback points have the path 'h'; give each its own scope"))
  }

  @Test("Two outputs of one path") func outputs() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let scope = ParameterStore(seed: 1).root
      for _ in 0..<2 { _ = FeedbackOutput(scope / "y") }
    }
    #expect(message(result).contains("two feedback outputs have the path 'y'; give each its own scope"))
  }

  @Test("A mask that lets more gradients pass than there are elements") func mask() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientMask(ParameterStore(seed: 1).root, [2, 3], passing: 7)
    }
    #expect(message(result).contains("cannot let 7 gradients pass; give a count from 0 to 6"))
  }

  @Test("Heads that do not share the features evenly") func heads() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultiHeadAttention(ParameterStore(seed: 1).root, 10, heads: 3)
    }
    #expect(message(result).contains("10 features cannot be shared by 3 heads"))
  }

  @Test("A dropout probability out of range") func dropout() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout(1.5)
    }
    #expect(message(result).contains("a dropout probability lies in 0...1, not 1.5"))
  }

  @Test("More gradients than parameters") func gradients() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gradients([], [Tensor?.none])
    }
    #expect(message(result).contains("1 gradients for 0 parameters; give one, or nil, for each"))
  }

  @Test("Rows of a table without their gradients") func rowGradient() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RowGradient(Tensor([Int64(1)]), .zeros([2, 3]), rowCount: 5)
    }
    #expect(message(result).contains("gradients of shape [2, 3] for rows of shape [1]"))
  }
}
