import FeedbackAlignment
import Networks
import Recommendation
import TestSupport
import Testing
import Torch

@Suite("Recommenders") struct InteractionModelTests {
  /// Twelve rows of three fields, which have 4, 3 and 5 values.
  private static let features = Tensor(
    (0..<12).flatMap { (row: Int) -> [Int64] in [row % 4, 4 + row % 3, 7 + row % 5].map(Int64.init) },
    shape: [12, 3])
  private static let labels = Tensor((0..<12).map { Float($0 % 3 == 1 ? 1 : 0) }, shape: [12, 1])
  private static let fields = FieldSizes(count: 3, tableSize: 12)

  private static func toy(_ name: String, _ settings: some InteractionModelSettings) -> ToyNetwork {
    ToyNetwork(name) { scope in
      let network = type(of: settings).Model(scope, settings, fields)
      return { network(features, $0).binaryCrossEntropyWithLogits(labels) }
    }
  }

  /// Small towers, which start as in the published code: from nothing, as in BARS, little is learned in thirty steps.
  private static func deepFM(_ change: (inout DeepFM.Settings) -> Void = { _ in }) -> DeepFM.Settings {
    var settings = DeepFM.Settings()
    (settings.embedding.width, settings.start) = (4, .published)
    settings.tower = TowerSettings([8, 6], dropout: 0.1)
    change(&settings)
    return settings
  }

  private static func deepCross(_ change: (inout DeepCross.Settings) -> Void = { _ in }) -> DeepCross.Settings
  {
    var settings = DeepCross.Settings()
    (settings.embedding.width, settings.start) = (4, .published)
    settings.tower = TowerSettings([8, 6])
    change(&settings)
    return settings
  }

  private static func afn(_ change: (inout AFN.Settings) -> Void = { _ in }) -> AFN.Settings {
    var settings = AFN.Settings()
    (settings.embedding.width, settings.start, settings.neurons) = (4, .published, 6)
    settings.tower = TowerSettings([8], batchNorm: false)
    change(&settings)
    return settings
  }

  static let networks = [
    toy("deepfm", deepFM()), toy("deepfm, cut") { $0.embedding.end = .cut },
    toy("deepfm, point") { $0.embedding.end = .point }, toy("deepfm, hidden") { $0.error = .hidden },
    toy("deepfm, sparse") { $0.embedding.isSparse = true }, toy("tower") { $0.hasProducts = false },
    toy("dcn", deepCross()), toy("dcn, point", deepCross { $0.embedding.end = .point }),
    toy("dcn, hidden", deepCross { $0.error = .hidden }),
    toy("dcn without a tower", deepCross { $0.tower.hidden = [] }),
    toy("dcnv2", dcnV2()), toy("afn", afn()), toy("afn, hidden", afn { $0.error = .hidden }),
    toy(
      "afn as published",
      afn {
        ($0.form, $0.hasLinearTerm, $0.embedding.end) = (.shifted, true, .point)
      }), toy("autoint", autoInt(tower: [])), toy("autoint+", autoInt(tower: [8, 6])),
  ]

  private static func toy(_ name: String, _ change: (inout DeepFM.Settings) -> Void) -> ToyNetwork {
    toy(name, deepFM(change))
  }

  private static func dcnV2() -> DCNV2.Settings {
    var settings = DCNV2.Settings()
    (settings.embedding.width, settings.start, settings.rank) = (4, .published, 3)
    settings.tower = TowerSettings([8, 6])
    return settings
  }

  private static func autoInt(tower: [Int]) -> AutoInt.Settings {
    var settings = AutoInt.Settings()
    (settings.embedding.width, settings.start) = (4, .published)
    (settings.layers, settings.heads, settings.headWidth) = (2, 2, 3)
    (settings.tower, settings.hasLinearTerm) = (TowerSettings(tower), !tower.isEmpty)
    return settings
  }

  @Test("Every network keeps what methods must keep", arguments: networks, MethodName.allCases)
  func conforms(_ network: ToyNetwork, _ method: MethodName) {
    let violations = checkMethod(
      network, trainsBelowPoints: method.row.trainsBelowPoints, mayRaiseLoss: method.row.mayRaiseLoss
    ) { method.make(FeedbackConfiguration(), seed: 2) }
    #expect(violations == [])
  }

  @Test("Replay gives the gradients of the whole graph", arguments: networks)
  func replay(_ network: ToyNetwork) {
    #expect(checkReplay(network) == [])
  }

  @Test("A table with gradients of rows learns as one with dense ones") func sparse() throws {
    func step(_ method: any TrainingMethod, isSparse: Bool) -> ToyModel {
      let model = ToyModel(Self.toy("deepfm") { $0.embedding.isSparse = isSparse })
      _ = model.step(method)
      return model
    }
    for method in [MethodName.bp, .dfa, .shallow] {
      func gradients(_ isSparse: Bool) -> [Tensor?] {
        ToyModel(Self.toy("deepfm") { $0.embedding.isSparse = isSparse })
          .step(method.make(FeedbackConfiguration(), seed: 2)).gradients.tensors
      }
      for (x, y) in zip(gradients(true), gradients(false)) {
        #expect((x == nil) == (y == nil))
        if let x, let y { #expect(x.maximumDifference(from: y) < 1e-6, "\(method.rawValue)") }
      }
    }
  }

  /// The gradient of the table, and what BP's is.
  private func tableGradients(_ settings: some InteractionModelSettings, _ method: any TrainingMethod) throws
    -> (
      found: Tensor, backpropagation: Tensor
    )
  {
    let network = Self.toy("network", settings)
    let path = "embedding/weight"
    return (
      try #require(ToyModel(network).step(method).gradients[path]),
      try #require(ToyModel(network).step(Backpropagation()).gradients[path])
    )
  }

  @Test("With one hidden layer and its head's weights as feedback, DFA is BP, the table included")
  func transposedWeights() throws {
    let network = Self.toy("deepfm") { $0.tower = TowerSettings([8], batchNorm: false) }
    let model = ToyModel(network)
    let method = DirectFeedbackAlignment(seed: 2)
    method.setMatrix(try #require(model.store.tensors["head/weight"]).detached(), for: "logit")
    let (found, expected) = (
      model.step(method).gradients, ToyModel(network).step(Backpropagation()).gradients
    )
    for parameter in model.store.parameters {
      let difference = try #require(found[parameter.path]).maximumDifference(
        from: try #require(expected[parameter.path]))
      #expect(difference < 1e-6, "\(parameter.path)")
    }
  }

  @Test("At a point of its own a table moves along one direction; in its block along many")
  func directions() throws {
    func rank(_ end: EmbeddingSettings.End) throws -> Int {
      var settings = Self.deepFM()
      (settings.hasProducts, settings.embedding.end) = (false, end)
      settings.tower = TowerSettings([8, 6], batchNorm: false)
      let rows = try tableGradients(settings, DirectFeedbackAlignment(seed: 2)).found.narrowed(
        0, start: 0, length: 4)
      // Rows of one field that are multiples of the first have no remainder.
      let first = rows.selected(0, 0)
      let along = rows.matmul(first.unsqueezed(1)) / first.square().sum()
      let remainder = (rows - along * first.unsqueezed(0)).abs().max().item
      return remainder < 1e-6 * rows.abs().max().item ? 1 : 2
    }
    #expect(try rank(.point) == 1)
    #expect(try rank(.block) == 2)
  }

  @Test("Cut off, the table of DeepFM learns from the products alone") func cut() throws {
    let settings = Self.deepFM { ($0.embedding.end, $0.tower.batchNorm) = (.cut, false) }
    let found = try tableGradients(settings, DirectFeedbackAlignment(seed: 2)).found
    let other = try tableGradients(settings, DirectFeedbackAlignment(seed: 9)).found
    #expect(found.equals(other) && found.abs().max().item > 0)
    let block = Self.deepFM { $0.tower.batchNorm = false }
    let taught = try tableGradients(block, DirectFeedbackAlignment(seed: 2)).found
    #expect(!taught.equals(try tableGradients(block, DirectFeedbackAlignment(seed: 9)).found))
  }

  @Test("A factorization machine has no point: every method is backpropagation") func machine() throws {
    var settings = FactorizationMachine.Settings()
    settings.start = .published
    for method in [MethodName.dfa, .shallow] {
      let (found, expected) = try tableGradients(settings, method.make(FeedbackConfiguration(), seed: 2))
      #expect(found.equals(expected))
    }
  }

  @Test("A table that nothing would teach is refused") func refused() {
    #expect(throws: SettingError.self) {
      try Self.deepFM { ($0.hasProducts, $0.embedding.end) = (false, .cut) }.check()
    }
    #expect(throws: SettingError.self) { try Self.deepCross { $0.embedding.end = .cut }.check() }
    #expect(throws: SettingError.self) { try Self.afn { $0.embedding.end = .cut }.check() }
    #expect(throws: SettingError.self) { try Self.afn { $0.tower.hidden = [] }.check() }
  }

  @Test("Parameters number as BARS's logs have them") func counts() {
    func count(_ settings: some InteractionModelSettings, _ sizes: FieldSizes) -> Int {
      let store = ParameterStore(seed: 1)
      _ = type(of: settings).Model(store.root, settings, sizes)
      return store.parameterCount
    }
    let (fields, rows) = (10, 5_382)
    let sizes = FieldSizes(count: fields, tableSize: rows)
    let tower = 10 * fields * 400 + 400 + 2 * (160_000 + 400) + 2_400
    #expect(count(FactorizationMachine.Settings(), sizes) == 11 * rows + 1)
    // Our linear term has a bias beside the head's.
    #expect(count(DeepFM.Settings(), sizes) == 11 * rows + tower + 401 + 1)
    #expect(count(DeepCross.Settings(), sizes) == 10 * rows + 3 * 2 * 10 * fields + tower + 10 * fields + 401)
    var afn = AFN.Settings()
    afn.tower.batchNorm = false
    #expect(
      count(afn, sizes) == 10 * rows + 1_000 * fields + 2 * fields + 2_000 + 10_001 * 400 + 400 + 1)
  }
}
