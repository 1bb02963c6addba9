import Networks
import TestSupport
import Testing
import Torch

@Suite("Parameter stores") struct ParameterStoreTests {
  private func store(seed: UInt64 = 1, reversed: Bool = false) -> ParameterStore {
    let store = ParameterStore(seed: seed)
    var layers: [() -> Void] = [
      { _ = Linear(store.root / "encoder" / "fc1", 3, 4) }, { _ = BatchNorm(store.root / "norm", 4) },
      { _ = Linear(store.root / "head", 4, 2, bias: false) },
    ]
    if reversed { layers.reverse() }
    for layer in layers { layer() }
    return store
  }

  @Test("Parameters are listed in the order of their layers, buffers apart") func order() {
    let store = store()
    #expect(
      store.parameters.map(\.path)
        == ["encoder/fc1/weight", "encoder/fc1/bias", "norm/weight", "norm/bias", "head/weight"])
    #expect(store.buffers.map(\.path) == ["norm/runningMean", "norm/runningVariance"])
    #expect(store.parameterCount == 12 + 4 + 4 + 4 + 8)
    #expect(Set(store.tensors.keys) == Set((store.parameters + store.buffers).map(\.path)))
    #expect(store.parameters.allSatisfy { $0.tensor.requiresGradient })
    #expect(!store.buffers.contains { $0.tensor.requiresGradient })
  }

  @Test("A seed and a path give a value, whatever the order of the layers and whatever else there is")
  func values() {
    let (one, two) = (store().tensors, store(reversed: true).tensors)
    #expect(one.allSatisfy { two[$0]?.equals($1) == true })
    let alone = Linear(ParameterStore(seed: 1).root / "head", 4, 2, bias: false)
    #expect(one["head/weight"]?.equals(alone.weight.tensor) == true)
  }

  @Test("Another seed or another path gives other values") func otherValues() {
    let (one, two) = (store(seed: 1), store(seed: 2))
    #expect(
      one.tensors["head/weight"]?.equals(two.tensors["head/weight"] ?? one.parameters[0].tensor) == false)
    let store = ParameterStore(seed: 1)
    let (a, b) = (Linear(store.root / "a", 4, 2), Linear(store.root / "b", 4, 2))
    #expect(!a.weight.tensor.equals(b.weight.tensor))
  }

  @Test("Tensors of a checkpoint are taken over in place, those of other devices too") func load() throws {
    let (one, two) = (store(seed: 1), store(seed: 2))
    let weight = two.parameters[0].tensor
    try two.load(one.tensors)
    #expect(one.tensors.allSatisfy { two.tensors[$0]?.equals($1) == true })
    #expect(two.parameters[0].tensor === weight)
    #expect(weight.requiresGradient)
    one.parameters[0].tensor.setZero()
    #expect(!one.parameters[0].tensor.equals(weight))
  }

  static let defects:
    [(name: String, expected: ParameterMismatch, change: @Sendable (inout [String: Tensor]) -> Void)] = [
      ("a missing parameter", .missing("head/weight"), { $0["head/weight"] = nil }),
      ("a missing buffer", .missing("norm/runningMean"), { $0["norm/runningMean"] = nil }),
      (
        "a surplus entry", .surplus("aaa"),
        {
          $0["aaa"] = .zeros([1]); $0["zzz"] = .zeros([1])
        }
      ),
      (
        "another shape", .shape("head/weight", expected: "[2, 4] float32", found: "[4, 2] float32"),
        { $0["head/weight"] = .zeros([4, 2]) }
      ),
      (
        "another type", .shape("norm/bias", expected: "[4] float32", found: "[4] float64"),
        { $0["norm/bias"] = .zeros([4], dtype: .float64) }
      ),
      ("NaN", .notFinite("norm/weight"), { $0["norm/weight"] = Tensor([1, .nan, 1, 1] as [Float]) }),
      (
        "infinity in a buffer", .notFinite("norm/runningVariance"),
        { $0["norm/runningVariance"] = .full([4], .infinity) }
      ),
    ]

  @Test("A checkpoint that does not fit is refused and changes nothing", arguments: defects.indices)
  func refusal(_ index: Int) throws {
    let defect = Self.defects[index]
    let store = store()
    let before = store.tensors.mapValues { $0.detached().cloned() }
    var tensors = self.store(seed: 2).tensors
    defect.change(&tensors)
    let error = try #require(throws: ParameterMismatch.self) { try store.load(tensors) }
    #expect(error == defect.expected)
    #expect(!error.description.isEmpty)
    #expect(store.tensors.allSatisfy { before[$0]?.equals($1) == true })
  }

  @Test("A parameter's path is in the message of an operation that fails on it") func label() throws {
    let layer = Linear(ParameterStore(seed: 1).root / "fc1", 3, 4)
    let error = try #require(throws: TorchError.self) {
      try withTorchErrors {
        _ = layer(Tensor.zeros([2, 5]), Pass(.evaluation, generator: RandomGenerator(seed: 0)))
      }
    }
    #expect(error.description.contains("fc1/weight [4, 3] float32"))
  }
}
