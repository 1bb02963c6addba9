import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Graph networks for PyTorch") struct PyTorchGraphTests {
  /// The names and shapes of PyTorch Geometric's modules `conv1`, `conv2` and so on, for 5 features and 3 classes.
  static let expected: [String: [String: [Int]]] = [
    "gcn": [
      "conv1.lin.weight": [16, 5], "conv1.bias": [16], "conv2.lin.weight": [3, 16], "conv2.bias": [3],
    ],
    "cheb": [
      "conv1.lins.0.weight": [16, 5], "conv1.lins.1.weight": [16, 5], "conv1.bias": [16],
      "conv2.lins.0.weight": [3, 16], "conv2.lins.1.weight": [3, 16], "conv2.bias": [3],
    ],
    "spline": [
      "conv1.weight": [2, 5, 16], "conv1.lin.weight": [16, 5], "conv1.bias": [16], "conv1.kernel_size": [1],
      "conv1.is_open_spline": [1], "conv2.weight": [2, 16, 3], "conv2.lin.weight": [3, 16],
      "conv2.bias": [3], "conv2.kernel_size": [1], "conv2.is_open_spline": [1],
    ],
    "gat": [
      "conv1.lin.weight": [64, 5], "conv1.att_src": [1, 8, 8], "conv1.att_dst": [1, 8, 8],
      "conv1.bias": [64], "conv2.lin.weight": [3, 64], "conv2.att_src": [1, 1, 3],
      "conv2.att_dst": [1, 1, 3], "conv2.bias": [3],
    ],
  ]

  private func store(_ kind: any SettingKind.Type, seed: UInt64) throws -> ParameterStore {
    let store = ParameterStore(seed: seed)
    let settings = try #require(kind.init() as? any NodeModelSettings)
    _ = settings.makeModel(store.root, features: 5, classes: 3)
    return store
  }

  @Test(
    "Every network's weights go to PyTorch and back, bit for bit", arguments: NodeModelChoice.kinds.indices)
  func roundTrip(_ index: Int) throws {
    let kind = NodeModelChoice.kinds[index]
    let (one, other) = (try store(kind, seed: 1), try store(kind, seed: 2))
    let state = one.pyTorchState()
    if let shapes = Self.expected[kind.name] { #expect(state.mapValues(\.shape) == shapes) }
    try other.load(pyTorch: state)
    #expect(zip(one.parameters, other.parameters).allSatisfy { $0.tensor.equals($1.tensor) })
  }

  @Test("DNAConv has the names of PyTorch Geometric's heads") func dna() throws {
    let names = try store(DNAConvNetwork.Settings.self, seed: 1).pyTorchState().mapValues(\.shape)
    #expect(names["conv5.multi_head.lin_v.weight"] == [16, 8, 8])
    #expect(names["conv1.multi_head.lin_q.bias"] == [128] && names["lin1.weight"] == [128, 5])
    #expect(names.count == 2 + 2 + 5 * 6)
  }
}
