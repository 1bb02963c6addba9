import Networks
import Recommendation
import TestSupport
import Testing
import Torch

@Suite("Layers of recommenders") struct InteractionLayerTests {
  private let store = ParameterStore(seed: 3)
  private let evaluation = Pass(.evaluation, generator: RandomGenerator(seed: 1))

  private func values(_ path: String) throws -> Tensor { try #require(store.tensors[path]).detached() }

  @Test("Every layer keeps what layers must keep") func layers() {
    #expect(checkLayer(inputShape: [4, 3, 5], outputShape: [4, 1]) { _ in FieldProducts() } == [])
    // A seed for which no sum is so near to 0 that differences cross the kink of ReLU. Through norms and exponentials differences are
    // too coarse: clamped logarithms are held to the formula, below.
    let seed: UInt64 = 3
    #expect(
      checkLayer(inputShape: [6, 3, 5], outputShape: [6, 5, 4], parameters: ["weight"], seed: seed) {
        AwayFromZero(layer: LogarithmicLayer($0, 3, 4, .shifted, .published))
      } == [])
    #expect(
      checkLayer(
        inputShape: [4, 3, 5], outputShape: [4, 3, 6], parameters: ["projections/weight", "residual/weight"],
        seed: seed
      ) { InteractingLayer($0, 5, heads: 2, width: 3, .published) } == [])
    #expect(
      checkLayer(
        inputShape: [6, 5], outputShape: [6, 3],
        parameters: [
          "hidden1/linear/weight", "hidden1/linear/bias", "hidden2/linear/weight", "hidden2/linear/bias",
        ], seed: seed
      ) {
        DenseTower(
          $0, 5, TowerSettings([4, 3], dropout: 0.2, batchNorm: false), .published,
          of: FeedbackOutput($0 / "logit"))
      } == [])
  }

  /// The logarithm's derivative is too steep for differences near 0, and |x| has a kink there.
  private struct AwayFromZero<Inner: Layer>: Layer {
    let layer: Inner
    func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { layer(x.square() + 0.5, pass) }
  }

  @Test("The products of all pairs of vectors") func products() {
    let vectors = RandomGenerator(seed: 5).normal([2, 4, 3])
    let found = FieldProducts()(vectors, evaluation)
    for row in 0..<2 {
      var sum = 0.0
      for field in 0..<4 {
        for other in field + 1..<4 {
          sum +=
            (vectors.selected(0, row).selected(0, field) * vectors.selected(0, row).selected(0, other))
            .sum().item
        }
      }
      #expect(abs(found.selected(0, row).item - sum) < 1e-5)
    }
  }

  @Test("Cross layers: x_0 (w · x) + b + x, and x_0 ⊙ (W x + b) + x, of full and low rank") func crosses()
    throws
  {
    let generator = RandomGenerator(seed: 6)
    let (x, inputs) = (generator.normal([3, 4]), generator.normal([3, 4]))
    let vector = CrossLayer(store.root / "cross", 4, .published)
    let bias = generator.normal([4])
    withoutGradient { store.tensors["cross/bias"]?.copy(from: bias) }
    let product = x.matmul(try values("cross/weight").transposed())
    #expect(vector(x, inputs, evaluation).maximumDifference(from: inputs * product + bias + x) < 1e-6)

    let full = MatrixCrossLayer(store.root / "full", 4, rank: nil, .published)
    let products = x.matmul(try values("full/weight").transposed()) + (try values("full/bias"))
    #expect(full(x, inputs, evaluation).maximumDifference(from: inputs * products + x) < 1e-6)

    let thin = MatrixCrossLayer(store.root / "thin", 4, rank: 2, .published)
    let matrix = (try values("thin/weight")).matmul(try values("thin/down/weight"))
    #expect(matrix.shape == [4, 4])
    let lowRank = x.matmul(matrix.transposed()) + (try values("thin/bias"))
    #expect(thin(x, inputs, evaluation).maximumDifference(from: inputs * lowRank + x) < 1e-6)
  }

  @Test("Logarithmic neurons give products of powers; a zero is clamped") func logarithms() throws {
    let vectors = RandomGenerator(seed: 7).normal([2, 3, 5])
    let withZero = vectors * Tensor([Float](arrayLiteral: 1, 0, 1), shape: [1, 3, 1])
    let layer = LogarithmicLayer(store.root / "log", 3, 4, .shifted, .published)
    let powers = try values("log/weight")
    let shifted = powers.matmul(vectors.abs().log1p()).expm1().relu().transposed()
    #expect(layer(vectors, evaluation).maximumDifference(from: shifted) < 1e-6)

    let clamped = LogarithmicLayer(store.root / "clamped", 3, 4, .clamped, .published)
    // The running statistics of a new network are those of a standard normal: the norms divide by sqrt(1 + 1e-5).
    let paths = store.parameters.map(\.path).filter { $0.hasPrefix("clamped/") }
    #expect(
      paths
        == ["weight", "inputNorm/weight", "inputNorm/bias", "outputNorm/weight", "outputNorm/bias"].map {
          "clamped/" + $0
        })
    let scale = 1 / (1 + 1e-5).squareRoot()
    let logarithms = withZero.abs().clamped(minimum: 1e-5).log() * scale
    let expected = (try values("clamped/weight")).matmul(logarithms).exp().transposed() * scale
    let found = clamped(withZero, evaluation)
    #expect(found.isAllFinite)
    #expect(found.maximumDifference(from: expected) < 1e-5 * max(1, expected.abs().max().item))
  }

  @Test("Self-attention between fields, head by head, without scaling") func attention() throws {
    let x = RandomGenerator(seed: 8).normal([2, 4, 5])
    let layer = InteractingLayer(store.root / "attention", 5, heads: 2, width: 3, .published)
    let parts = x.matmul((try values("attention/projections/weight")).transposed())
    let heads = (0..<2).map { head in
      let (q, k, v) = (
        parts.narrowed(2, start: 3 * head, length: 3), parts.narrowed(2, start: 6 + 3 * head, length: 3),
        parts.narrowed(2, start: 12 + 3 * head, length: 3)
      )
      return q.matmul(k.transposed()).softmax().matmul(v)
    }
    let residual = x.matmul((try values("attention/residual/weight")).transposed())
    let expected = (Tensor.concatenated(heads, 2) + residual).relu()
    #expect(layer(x, evaluation).maximumDifference(from: expected) < 1e-5)
  }
}
