// A layer of one's own, in a network with a feedback point at its end.
import DirectFeedback

/// A gated linear unit: `y = (x Wᵀ + b) ⊙ σ(x Vᵀ + c)`.
///
/// **Shape** `[..., inputs]` to `[..., outputs]`
///
/// **Source** Dauphin et al. 2017, eq. 1.
struct GatedLinear: Layer {
  private let value: Linear
  private let gate: Linear

  /// A layer with parameters `scope/value/...` and `scope/gate/...`.
  init(_ scope: Scope, _ inputs: Int, _ outputs: Int) {
    value = Linear(scope / "value", inputs, outputs)
    gate = Linear(scope / "gate", inputs, outputs)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { value(x, pass) * gate(x, pass).sigmoid() }
}

/// A gated layer and a head; **Shape** `[B, 4]` to logits `[B, 3]`.
struct GatedNetwork {
  private let gated: GatedLinear
  private let head: Linear
  private let point: FeedbackPoint
  private let output: FeedbackOutput

  init(_ scope: Scope) {
    gated = GatedLinear(scope / "gated", 4, 32)
    head = Linear(scope / "head", 32, 3)
    output = FeedbackOutput(scope / "logits")
    point = FeedbackPoint(scope / "gated", of: output)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    output(head(point(gated(x, pass), pass), pass), pass)
  }
}
// snippet.hide

let store = ParameterStore(seed: 0)
let network = GatedNetwork(store.root)
let generator = RandomGenerator(seed: 0)
let logits = network(generator.normal([8, 4]), Pass(.evaluation, generator: generator))
precondition(logits.shape == [8, 3])
print(store.parameters.map(\.path))
