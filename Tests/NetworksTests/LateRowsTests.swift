import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Tables whose rows are moved late") struct LateRowsTests {
  /// A network that reads rows of a table, with dense and with sparse gradients.
  private struct Model {
    let store = ParameterStore(seed: 4)
    let embedding: Embedding
    let head: Linear

    init(isSparse: Bool) {
      embedding = Embedding(store.root / "table", 50, 7, isSparse: isSparse)
      head = Linear(store.root / "head", 14, 1)
    }

    func loss(_ indices: Tensor, _ pass: Pass) -> Tensor {
      head(embedding(indices, pass).reshaped([-1, 14]), pass).square().mean()
    }
  }

  /// Two rows of the table for each of six samples, some never, some in one step of many, some twice in a step.
  private func indices(_ step: Int) -> Tensor {
    let generator = RandomGenerator(seed: UInt64(step))
    let all = (generator.normal([6, 2]).abs() * 12).clamped(maximum: 44)
    return step % 17 == 16 ? (all + 4).to(.int64) : all.to(.int64)
  }

  private func train(
    _ model: Model, _ rule: any OptimizerRule, _ weightDecay: Double, steps: Range<Int>,
    _ optimizer: Optimizer? = nil
  ) -> Optimizer {
    let optimizer = optimizer ?? Optimizer(rule, model.store.parameters, weightDecay: weightDecay)
    for step in steps {
      let result = Backpropagation().step(model.store.parameters, generator: RandomGenerator(seed: 1)) {
        model.loss(indices(step), $0)
      }
      optimizer.update(result.gradients, rate: 0.02 * (1 + 0.5 * Double(step % 3)))
    }
    return optimizer
  }

  @Test(
    "After any batches the table and its moments are as if every row had been moved in every step",
    arguments: [
      (Adam(), 0), (Adam(), 0.05), (AdamW(), 0), (AdamW(), 0.05), (Adam(beta1: 0.99, beta2: 0.95), 0),
      (Adam(beta1: 0.99, beta2: 0.95), 0.05),
      // With decay and no memory of the mean, rows near 0 jump from side to side, and any difference grows.
      (Adam(beta1: 0, beta2: 0.9), 0),
    ] as [(any AdamMoments, Double)])
  func equal(_ rule: any AdamMoments, _ weightDecay: Double) {
    let (late, dense) = (Model(isSparse: true), Model(isSparse: false))
    let optimizers = [late, dense].map {
      Optimizer(rule, [$0.embedding.weight], weightDecay: weightDecay)
    }
    let generator = RandomGenerator(seed: 7)
    // The same gradients for both: a loss would make them differ as soon as a bit does.
    for step in 0..<300 {
      let rows = SparseRows(
        adding: generator.normal([12, 7]), at: indices(step).reshaped([-1]), rowCount: 50)
      let gradient = RowGradient(rows.indices, rows.values, rowCount: 50)
      let rate = 0.02 * (1 + 0.5 * Double(step % 3))
      _ = late.embedding(indices(step))
      optimizers[0].update(Gradients([late.embedding.weight], [.rows(gradient)]), rate: rate)
      optimizers[1].update(Gradients([dense.embedding.weight], [.dense(gradient.tensor)]), rate: rate)
    }
    let expected = dense.embedding.weight.tensor
    #expect((late.store.tensors["table/weight"] ?? .zeros([])).maximumDifference(from: expected) < 1e-6)
    let (found, state) = (optimizers[0].state, optimizers[1].state)
    #expect(found.keys.sorted() == state.keys.sorted())
    for (name, tensor) in found {
      #expect(tensor.maximumDifference(from: state[name] ?? .zeros([])) < 1e-6, "\(name)")
    }
  }

  @Test("A gradient of the whole table between gradients of rows finds every row up to date") func mixed() {
    let (late, dense) = (Model(isSparse: true), Model(isSparse: false))
    let optimizers = [late, dense].map { Optimizer(Adam(), [$0.embedding.weight], weightDecay: 0.05) }
    let generator = RandomGenerator(seed: 7)
    for step in 0..<30 {
      let rows = SparseRows(
        adding: generator.normal([12, 7]), at: indices(step).reshaped([-1]), rowCount: 50)
      let gradient = RowGradient(rows.indices, rows.values, rowCount: 50)
      let isWhole = step % 7 == 5
      _ = late.embedding(indices(step))
      optimizers[0].update(
        Gradients([late.embedding.weight], [isWhole ? .dense(gradient.tensor) : .rows(gradient)]), rate: 0.02)
      optimizers[1].update(Gradients([dense.embedding.weight], [.dense(gradient.tensor)]), rate: 0.02)
    }
    let (found, state) = (optimizers[0].state, optimizers[1].state)
    for (name, tensor) in state {
      #expect(found[name]?.maximumDifference(from: tensor) ?? 1 < 1e-6, "\(name)")
    }
    #expect(
      (late.store.tensors["table/weight"] ?? .zeros([])).maximumDifference(
        from: dense.embedding.weight.tensor) < 1e-6
    )
  }

  @Test("What a step reads is up to date, and what it does not read is left until it is wanted")
  func reading() {
    let (late, dense) = (Model(isSparse: true), Model(isSparse: false))
    _ = train(late, Adam(), 0.05, steps: 0..<20)
    _ = train(dense, Adam(), 0.05, steps: 0..<20)
    let raw = late.embedding.weight.tensor.detached().cloned()
    let rows = Tensor([Int64(1), 30, 49])
    #expect(late.embedding(rows).maximumDifference(from: dense.embedding(rows)) < 1e-5)
    // Row 48 is never read: its decay waits.
    let other = Tensor([Int64(48)])
    #expect(late.embedding.weight.tensor.detached().gathered(0, other).equals(raw.gathered(0, other)))
    #expect(
      late.store.tensors["table/weight"]?.maximumDifference(from: dense.embedding.weight.tensor.detached())
        ?? 1 < 1e-6)
  }

  @Test("A run that goes on from its state ends with the bits of one that was not interrupted")
  func restores() throws {
    let (whole, cut, resumed) = (Model(isSparse: true), Model(isSparse: true), Model(isSparse: true))
    // Nothing is brought up to date at the checkpoint of the other: when rows are moved changes no bit.
    let optimizer = train(whole, Adam(), 0.05, steps: 0..<60)
    let first = train(cut, Adam(), 0.05, steps: 0..<25)
    let (state, tensors) = (first.state, cut.store.tensors)
    try resumed.store.load(tensors)
    let second = Optimizer(Adam(), resumed.store.parameters, weightDecay: 0.05)
    second.restore(state)
    _ = train(resumed, Adam(), 0.05, steps: 25..<60, second)
    #expect(areEqual(resumed.store.tensors, whole.store.tensors))
    #expect(areEqual(second.state, optimizer.state))
  }

  @Test("Lazy Adam leaves rows without a gradient as they are") func lazy() {
    let model = Model(isSparse: true)
    let before = model.embedding.weight.tensor.detached().cloned()
    _ = train(model, LazyAdam(), 0.05, steps: 0..<10)
    let after = model.embedding.weight.tensor.detached()
    let read = Set((0..<10).flatMap { indices($0).scalars(Int.self) })
    for row in 0..<50 {
      #expect(after.selected(0, row).equals(before.selected(0, row)) != read.contains(row), "\(row)")
    }
    // Where every row has a gradient it is Adam.
    let (lazy, adam) = (
      Embedding(ParameterStore(seed: 1).root, 3, 2, isSparse: true),
      Embedding(ParameterStore(seed: 1).root, 3, 2, isSparse: true)
    )
    for (embedding, rule) in [(lazy, LazyAdam() as any OptimizerRule), (adam, Adam())] {
      let optimizer = Optimizer(rule, [embedding.weight], weightDecay: 0.1)
      for step in 1...5 {
        let gradient = RowGradient(Tensor([Int64(2), 0, 1]), .full([3, 2], Double(step)), rowCount: 3)
        optimizer.update(Gradients([embedding.weight], [.rows(gradient)]), rate: 0.1)
      }
      _ = optimizer.state
    }
    #expect(lazy.weight.tensor.maximumDifference(from: adam.weight.tensor) < 1e-6)
  }

  @Test(
    "Every method gives gradients of rows, and they are those of the whole table",
    arguments: MethodName.allCases)
  func methods(_ name: MethodName) {
    func gradient(_ isSparse: Bool) -> Gradient? {
      let store = ParameterStore(seed: 4)
      let output = FeedbackOutput(store.root / "logit")
      let embedding = Embedding(store.root / "table", 50, 7, isSparse: isSparse)
      let (hidden, head) = (Linear(store.root / "fc1", 14, 8), Linear(store.root / "head", 8, 2))
      let point = FeedbackPoint(store.root / "fc1", of: output)
      let result = name.make(FeedbackConfiguration(), seed: 3).step(
        store.parameters, generator: RandomGenerator(seed: 1)
      ) { pass in
        let x = embedding(indices(3), pass).reshaped([-1, 14])
        return output(head(point(hidden(x, pass).tanh(), pass), pass), pass).crossEntropy(
          Tensor([Int64(0), 1, 0, 1, 1, 0]))
      }
      return result.gradients.values[0]
    }
    let (rows, dense) = (gradient(true), gradient(false))
    // Shallow training sends the table nothing.
    #expect((rows == nil) == (dense == nil))
    guard let rows, let dense else { return }
    if case .dense = rows { Issue.record("the gradient is of the whole table") }
    #expect(rows.tensor.maximumDifference(from: dense.tensor) < 1e-6)
  }

  @Test("Sums of rows are in ascending order, and a row outside is an error") func sums()
    throws
  {
    let sums = SparseRows(
      adding: Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2]), at: Tensor([Int64(4), 1, 4]), rowCount: 5)
    #expect(sums.indices.scalars(Int.self) == [1, 4])
    #expect(sums.values.scalars(Float.self) == [3, 4, 6, 8])
    for outside in [-1, 5] as [Int64] {
      #expect(throws: TorchError.self) {
        try withTorchErrors { _ = SparseRows(adding: .ones([1, 2]), at: Tensor([outside]), rowCount: 5) }
      }
    }
    // The table that notes rows is as it was.
    let again = SparseRows(adding: .ones([2, 2]), at: Tensor([Int64(4), 4]), rowCount: 5)
    #expect(again.values.scalars(Float.self) == [2, 2])
  }
}
