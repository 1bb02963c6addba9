import Networks
import TestSupport
import Testing
import Torch

@Suite("Weights for PyTorch") struct PyTorchStateTests {
  private let store = ParameterStore(seed: 1)

  /// A dense layer with batch normalisation, a convolution in a part of another name, a mask, and matrices of each layout.
  private func network(_ store: ParameterStore) -> [Parameter] {
    let root = store.root
    _ = Linear(root / "fc", 3, 2)
    _ = BatchNorm(root / "fc" / "norm", 2)
    _ = Conv2d((root / "block" / "conv").inPyTorch("features.0"), 1, 2, size: 3)
    _ = GradientMask(root / "mask", [2], passing: 1)
    return [
      (root / "own").parameter("w", [2, 3], .glorotUniform, pyTorch: .transposed("lin.weight")),
      (root / "own").parameter("a", [2, 3], .glorotUniform, pyTorch: .row("att")),
      (root / "own").parameter(
        "k", [2, 4, 3], .glorotUniform, pyTorch: .transposedList("lins", "weight", count: 2)),
    ]
  }

  @Test("Names are dotted, or those that layers give, and shapes those of PyTorch") func shapes() {
    let own = network(store)
    let state = store.pyTorchState(steps: 7)
    #expect(
      state.mapValues(\.shape) == [
        "fc.weight": [2, 3], "fc.bias": [2], "fc.norm.weight": [2], "fc.norm.bias": [2],
        "fc.norm.running_mean": [2], "fc.norm.running_var": [2], "fc.norm.num_batches_tracked": [],
        "features.0.weight": [2, 1, 3, 3], "features.0.bias": [2], "own.lin.weight": [3, 2],
        "own.att": [1, 2, 3], "own.lins.0.weight": [3, 4], "own.lins.1.weight": [3, 4],
      ])
    #expect(state["fc.norm.num_batches_tracked"]?.scalars(Int64.self) == [7])
    #expect(state["own.lin.weight"]?.equals(own[0].tensor.transposed().contiguous()) == true)
    #expect(
      state["own.lins.1.weight"]?.equals(own[2].tensor.selected(0, 1).transposed().contiguous()) == true)
  }

  @Test("What is written is read, bit for bit, whatever the types of floating-point numbers") func roundTrip()
    throws
  {
    _ = network(store)
    let other = ParameterStore(seed: 2)
    _ = network(other)
    let mask = other.buffers.first { $0.path == "mask/mask" }?.tensor.cloned()
    try other.load(pyTorch: store.pyTorchState())
    for (own, found) in zip(store.parameters + store.buffers, other.parameters + other.buffers)
    where own.path != "mask/mask" { #expect(own.tensor.equals(found.tensor), "\(own.path)") }
    #expect(mask.map { other.buffers.last?.tensor.equals($0) == true } == true)
    let third = ParameterStore(seed: 3)
    _ = network(third)
    try third.load(
      pyTorch: store.pyTorchState().mapValues { $0.dtype.isFloatingPoint ? $0.to(.float64) : $0 })
    #expect(zip(store.parameters, third.parameters).allSatisfy { $0.tensor.equals($1.tensor) })
  }

  @Test("All names and shapes that differ are told at once, and nothing changes") func mismatch() throws {
    _ = network(store)
    var state = store.pyTorchState()
    state["fc.weight"] = nil
    state["own.lins.1.weight"] = nil
    state["fc.bias"] = Tensor.zeros([3])
    state["extra.weight"] = Tensor.zeros([1])
    state["features.0.bias"] = Tensor([Int64(1), 2])
    state["own.att"] = Tensor.full([1, 2, 3], .nan)
    state["own.lin.weight"] = Tensor.zeros([3, 2])
    let before = store.parameters.map { $0.tensor.detached().cloned() }
    let error = #expect(throws: PyTorchMismatch.self) { try store.load(pyTorch: state) }
    #expect(error?.missing.sorted() == ["fc.weight", "own.lins.1.weight"])
    #expect(error?.unexpected == ["extra.weight"])
    #expect(error?.shapes.first == "fc.bias [3] where [2] must be")
    #expect(error?.shapes.last?.hasPrefix("features.0.bias of int64 where") == true)
    #expect(error?.notFinite == ["own.att"])
    let text = error?.description ?? ""
    #expect(
      text.hasPrefix(
        "lacks fc.weight, own.lins.1.weight; has, and this network has not, extra.weight; has fc.bias"))
    #expect(zip(before, store.parameters).allSatisfy { $0.equals($1.tensor) })
  }
}
