import Datasets
import FeedbackAlignment
import Foundation
import ImageClassification
import Networks
import TestSupport
import Testing
import Training

@Suite("The settings of image networks") struct ImageModelChoiceTests {
  private func configuration(_ assignments: String...) throws -> ImageClassificationConfiguration {
    try Experiment<ImageClassificationTask>(preset: "debug", assignments: assignments).configuration(.dfa)
  }

  /// Encoded and decoded as JSON, with keys changed between.
  private func decoded<Value: Codable>(
    _ value: Value, _ change: (inout [String: Any]) -> Void = { _ in }
  ) throws -> Value {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(value))
    var table = try #require(json as? [String: Any])
    change(&table)
    return try JSONDecoder().decode(Value.self, from: JSONSerialization.data(withJSONObject: table))
  }

  @Test("Every key of a perceptron passes through YAML") func perceptron() throws {
    var expected = MultilayerPerceptron.Settings(hidden: [7, 5])
    expected.activation = .leakyReLU(slope: -0.5)
    (expected.inputDropout, expected.dropout, expected.batchNorm) = (0.1, 0.2, true)
    (expected.bottleneck, expected.inputMaskRows, expected.initialization) = (3, 64, .he)
    let found = try configuration(
      "hidden=[7, 5]", "activation=leakyReLU(-0.5)", "inputDropout=0.1", "model.mlp.dropout=0.2",
      "batchNorm=true",
      "bottleneck=3", "inputMaskRows=64", "initialization=he")
    #expect(found.model == ImageModelChoice(expected))
    #expect(try decoded(found) == found)
  }

  @Test("Every key of a convolutional network passes through YAML") func convolutional() throws {
    var expected = CIFARConvolutional.Settings()
    expected.activation = .relu
    (expected.inputDropout, expected.convolutionDropout, expected.dropout) = (0.1, 0.2, 0.3)
    (expected.batchNorm, expected.hiddenPoint, expected.initialization) = (true, false, .he)
    let found = try configuration(
      "model=cnn", "activation=relu", "inputDropout=0.1", "convolutionDropout=0.2", "dropout=0.3",
      "model.cnn.batchNorm=true", "hiddenPoint=false", "initialization=he")
    #expect(found.model == ImageModelChoice(expected))
    #expect(try decoded(found) == found)
  }

  @Test("A run's file keeps the settings of every network", arguments: ImageModelChoice.kinds.map { $0.name })
  func runFile(_ model: String) throws {
    let folder = try TemporaryFolder()
    let record = try Experiment<ImageClassificationTask>(
      preset: "debug", assignments: ["model=\(model)", "dropout=0.25"]
    ).record(.dfa, seed: 3)
    let run = RunFolder(folder.file("run"))
    try run.create(record)
    #expect(try run.record(ImageClassificationConfiguration.self).configuration == record.configuration)
  }

  @Test("A key of another network is refused, and the error tells where it is") func elsewhere() throws {
    #expect(
      throws: ConfigurationError.elsewhere(
        key: "convolutionDropout", places: ["model.cnn.convolutionDropout"])
    ) { try configuration("convolutionDropout=0.1") }
    #expect(throws: ConfigurationError.elsewhere(key: "hidden", places: ["model.mlp.hidden"])) {
      try configuration("model=cnn", "hidden=[8]")
    }
    #expect { try configuration("model.cnn.dropout=0.1") } throws: { "\($0)".contains("--set model=cnn") }
    #expect { try configuration("model=vgg16") } throws: { "\($0)".contains("mlp, cnn") }
    #expect { try configuration("published=true") } throws: { "\($0)".contains("published") }
  }

  @Test("Out of range is an error of the key's full path") func ranges() {
    #expect { try configuration("dropout=1") } throws: { "\($0)".hasPrefix("model.mlp.dropout: must be") }
    #expect { try configuration("bottleneck=65") } throws: {
      "\($0)".hasPrefix("model.mlp.bottleneck: must be")
    }
    #expect { try configuration("model=cnn", "inputDropout=-1") } throws: {
      "\($0)".hasPrefix("model.cnn.inputDropout: must be")
    }
  }

  @Test("Files hold every key of the network in use and no other") func strict() throws {
    let whole = ImageClassificationConfiguration()
    #expect(try decoded(whole) == whole)
    #expect(throws: DecodingError.self) { try decoded(whole) { $0["model"] = nil } }
    #expect(throws: DecodingError.self) { try decoded(whole) { $0["network"] = "mlp" } }
    let choice = ImageModelChoice(MultilayerPerceptron.Settings())
    func changed(_ key: String, to value: Any?) throws -> ImageModelChoice {
      try decoded(choice) { table in
        var settings = table["mlp"] as? [String: Any] ?? [:]
        settings[key] = value
        table["mlp"] = settings
      }
    }
    #expect(try changed("dropout", to: 0.5).settings.hashValue != choice.settings.hashValue)
    #expect(throws: DecodingError.self) { try changed("dropout", to: nil) }
    #expect(throws: DecodingError.self) { try changed("convolutionDropout", to: 0.5) }
    #expect(throws: DecodingError.self) { try decoded(choice) { $0["cnn"] = [String: Any]() } }
    #expect(throws: DecodingError.self) { try decoded(choice) { $0 = ["vgg16": [String: Any]()] } }
    #expect(
      try JSONDecoder().decode([ImageModelChoice].self, from: Data(#"["cnn"]"#.utf8))
        == [ImageModelChoice(CIFARConvolutional.Settings())])
  }

  @Test("Every key is explained in one line, and names are unlike") func explanations() {
    var types: [any Settings.Type] = [
      ImageClassificationConfiguration.self, VGG16Configuration.self, VGG16.Settings.self,
    ]
    types += ImageModelChoice.kinds.map { $0 }
    for type in types {
      let keys = type.descriptions
      #expect(Set(keys.map(\.name)).count == keys.count, "\(type)")
      for key in keys {
        #expect(!key.explanation.isEmpty && !key.explanation.contains("\n"), "\(type) \(key.name)")
      }
    }
    #expect(Set(ImageModelChoice.kinds.map { $0.name }).count == ImageModelChoice.kinds.count)
  }
}
