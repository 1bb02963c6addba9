import DirectFeedback
import TestSupport

extension DeviceCheck {
  /// Every method, then every task.
  /// - Parameter discs: A folder of images, as `DiscImages` writes it.
  package static func all(discs: String) -> [DeviceCheck] {
    (NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise).map(method) + tasks(discs: discs)
  }

  private static func tasks(discs: String) -> [DeviceCheck] {
    let dropouts = ["dropout", "inputDropout"]
    return [
      task("toy", ToyTask.self, dropouts: ["dropout"]),
      task("image mlp", ImageClassificationTask.self, dropouts: dropouts) {
        ["dataset=mnist", "batchNorm=true", "dropout=0.1", "trainingImages=2000"]
      },
      task("image cnn", ImageClassificationTask.self, dropouts: dropouts + ["convolutionDropout"]) {
        ["dataset=mnist", "model=cnn", "convolutionDropout=0.1", "trainingImages=2000"]
      },
      task("vgg16", VGG16Task.self, dropouts: ["dropout"]) {
        [
          "images=\(discs)", "validationImages=6", "resized=40", "cropped=36", "training.batchSize=5",
          "width=4", "denseUnits=16",
        ]
      },
    ]
      + NodeModelChoice.kinds.map(node) + [task("autoencoder", GraphAutoencoderTask.self, dropouts: dropouts)]
  }

  /// A network on graphs, small.
  private static func node(_ model: any SettingKind.Type) -> DeviceCheck {
    let small = ["gat": ["heads=2"], "dna": ["heads=2", "groups=2", "layers=2"]]
    let dropouts = model.descriptions.map(\.name).filter { $0.lowercased().hasSuffix("dropout") }
    // Direct feedback raises GCN's loss for its first dozen steps or so, on the CPU as on others, until the weights above have
    // aligned with it.
    return task("graph \(model.name)", NodeClassificationTask.self, dropouts: dropouts, steps: 40) {
      ["model=\(model.name)", "hidden=8"] + small[model.name, default: []]
    }
  }
}
