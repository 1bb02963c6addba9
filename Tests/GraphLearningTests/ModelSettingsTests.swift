import FeedbackAlignment
import Foundation
import GraphLearning
import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Settings of networks on graphs") struct ModelSettingsTests {
  /// Every network with its defaults, and some with other settings.
  static let models: [NodeModelChoice] = {
    var gcn = GraphConvNetwork.Settings()
    (gcn.hidden, gcn.activation, gcn.errorHops) = (32, .leakyReLU(slope: 0.1), 2)
    var cheb = ChebConvNetwork.Settings()
    (cheb.terms, cheb.errorPlace) = (3, .products)
    var spline = SplineConvNetwork.Settings()
    (spline.kernelSize, spline.splineDegree, spline.dropout) = (5, 2, 0.25)
    var gat = GATConvNetwork.Settings()
    (gat.heads, gat.outputHeads, gat.outputAttentionDropout) = (4, 2, 0.125)
    var dna = DNAConvNetwork.Settings()
    (dna.hidden, dna.heads, dna.groups, dna.readsErrorAfterLogSoftmax) = (24, 3, 4, true)
    let changed: [any NodeModelSettings] = [gcn, cheb, spline, gat, dna]
    return NodeModelChoice.kinds.compactMap { NodeModelChoice($0.init()) }
      + changed.map { NodeModelChoice($0) }
  }()

  private func configuration(
    _ preset: String = "gcn-cora", _ assignments: String...
  ) throws -> NodeClassificationConfiguration {
    try Experiment<NodeClassificationTask>(preset: preset, assignments: assignments).configuration(.dfa)
  }

  private func error(_ preset: String, _ assignments: String...) -> String {
    do {
      let experiment = try Experiment<NodeClassificationTask>(preset: preset, assignments: assignments)
      return "no error, but \(try experiment.configuration(.dfa))"
    } catch { return "\(error)" }
  }

  @Test("Settings of every network go through YAML unchanged, whichever network was there", arguments: models)
  func roundTrip(_ model: NodeModelChoice) throws {
    var expected = try configuration()
    expected.model = model
    let folder = try TemporaryFolder()
    let file = try folder.file("c.yaml", holding: try readableYAML(expected))
    for preset in ["gcn-cora", "dna-pubmed"] {
      let experiment = try Experiment<NodeClassificationTask>(
        preset: preset, file: file)
      #expect(try experiment.configuration(.dfa) == expected)
    }
  }

  @Test(
    "Defaults are allowed, and every key says what it means", arguments: NodeModelChoice.kinds.map { $0.name }
  )
  func keys(_ name: String) throws {
    let kind = try #require(NodeModelChoice.kinds.first { $0.name == name })
    let defaults: any SettingKind = kind.init()
    try defaults.check()
    let (summary, descriptions) = (kind.summary, kind.descriptions)
    #expect(!summary.isEmpty && descriptions.allSatisfy { !$0.explanation.isEmpty })
    let names = descriptions.map(\.name)
    #expect(Set(names).count == names.count)
    let choice = try #require(NodeModelChoice(defaults))
    let data = try JSONEncoder().encode(choice)
    let tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
    #expect(tree.keys.sorted() == [name] && tree[name]?.keys.sorted() == names.sorted())
  }

  @Test("A network alone is a choice with its defaults, and its keys need no prefix") func short() throws {
    let chosen = try configuration("gcn-cora", "model=gat", "heads=4", "model.gat.hidden=3")
    var expected = GATConvNetwork.Settings()
    (expected.heads, expected.hidden) = (4, 3)
    #expect(chosen.model == NodeModelChoice(expected))
    #expect(try configuration("gcn-cora", "hidden=7") == configuration("gcn-cora", "model.gcn.hidden=7"))
  }

  @Test(
    "A key of another network is refused with the places that have it",
    arguments: [
      ("gcn-cora", "heads=2", ["model.gat.heads", "model.dna.heads"]),
      ("gat-cora", "kernelSize=3", ["model.spline.kernelSize"]),
      ("dna-cora", "errorPlace=products", ["model.gcn.errorPlace", "model.gat.errorPlace"]),
      ("cheb-cora", "model.cheb.groups=2", ["model.dna.groups"]),
    ])
  func elsewhere(_ preset: String, _ assignment: String, _ places: [String]) {
    let message = error(preset, assignment)
    #expect(message.hasPrefix("unknown key"))
    for place in places { #expect(message.contains(place), "\(message)") }
  }

  @Test(
    "Settings that are incomplete, unknown or of no network are not read",
    arguments: [
      #"{"gcn": {"hidden": 16}}"#, #"{"gin": {}}"#, #""gin""#, #"{}"#, #"{"gcn": {}, "gat": {}}"#, "16",
      #"{"dna": {"hidden": 128, "width": 3}}"#,
    ])
  func refusals(_ json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NodeModelChoice.self, from: Data(json.utf8))
    }
  }

  @Test("A name alone is read as the network's defaults") func name() throws {
    let model = try JSONDecoder().decode(NodeModelChoice.self, from: Data(#""spline""#.utf8))
    #expect(model == NodeModelChoice(SplineConvNetwork.Settings()))
  }

  @Test(
    "What is out of its range, or does not go together, is refused with its path",
    arguments: [
      ("gcn-cora-published", "hidden=0", "model.gcn.hidden: must be from 1 to 100000000, not 0"),
      ("gcn-cora-published", "errorHops=101", "model.gcn.errorHops: must be from 0 to 100, not 101"),
      ("gcn-cora", "errorHops=1", "model.gcn.errorHops: must be 0 where errorPlace is not logits"),
      ("spline-pubmed", "errorHops=1", "model.spline.errorHops: must be 0 where errorPlace is not logits"),
      (
        "spline-cora", "splineDegree=2",
        "model.spline.kernelSize: must be more than the splines' degree 2, not 2"
      ),
      ("dna-cora", "hidden=100", "model.dna.hidden: must be a multiple of 8 heads and 16 groups, not 100"),
      (
        "gat-cora", "attentionDropout=1",
        "model.gat.attentionDropout: must be at least 0 and less than 1, not 1.0"
      ),
      (
        "gcn-cora", "optimizer.groups.first.weightDecay=-1",
        "optimizer.groups.first.weightDecay: must be at least 0"
      ),
    ])
  func ranges(_ preset: String, _ assignment: String, _ message: String) {
    #expect(error(preset, assignment).hasPrefix(message), "\(error(preset, assignment))")
  }

  @Test("The group 'first' of every network holds the parameters of its first layer", arguments: models)
  func firstLayer(_ model: NodeModelChoice) throws {
    let store = ParameterStore(seed: 1)
    _ = model.settings.makeModel(store.root, features: 6, classes: 3)
    let layer = try #require(store.parameters.first?.path.split(separator: "/").first) + "/"
    #expect(["conv1/", "lin1/"].contains(layer))
    for parameter in store.parameters {
      #expect(parameter.group == (parameter.path.hasPrefix(layer) ? "first" : nil), "\(parameter.path)")
    }
  }

  @Test("The graph autoencoder's settings go through YAML unchanged") func autoencoder() throws {
    var expected = try Experiment<GraphAutoencoderTask>(preset: "gae-cora").configuration(.bp)
    (expected.model.hidden, expected.model.latent, expected.model.activation) = (20, 10, .tanh)
    let folder = try TemporaryFolder()
    let file = try folder.file("c.yaml", holding: try readableYAML(expected))
    let experiment = try Experiment<GraphAutoencoderTask>(
      preset: "gae-pubmed", file: file)
    #expect(try experiment.configuration(.dfa) == expected)
    let short = try Experiment<GraphAutoencoderTask>(preset: "gae-cora", assignments: ["latent=3"])
    #expect(try short.configuration(.dfa).model.latent == 3)
  }
}
