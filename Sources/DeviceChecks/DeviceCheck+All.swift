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
      + [
        node("gcn"), node("cheb"), node("spline"),
        node("gat", dropouts: ["attentionDropout", "outputAttentionDropout"], ["heads=2"]),
        node("dna", dropouts: ["attentionDropout"], ["heads=2", "groups=2", "layers=2"]),
        task("autoencoder", GraphAutoencoderTask.self, dropouts: dropouts),
      ]

    func node(_ model: String, dropouts own: [String] = [], _ assignments: [String] = []) -> DeviceCheck {
      task("graph \(model)", NodeClassificationTask.self, dropouts: dropouts + own, steps: 20) {
        ["model=\(model)", "hidden=8"] + assignments
      }
    }
  }
}
