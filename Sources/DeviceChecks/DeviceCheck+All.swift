import DirectFeedback
import TestSupport

extension DeviceCheck {
  /// Every method, then every task.
  /// - Parameter discs: A folder of images, as `DiscImages` writes it.
  package static func all(discs: String) -> [DeviceCheck] {
    (NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise).map(method) + tasks(discs: discs)
  }

  private static func tasks(discs: String) -> [DeviceCheck] {
    let imageDropouts = ["dropout", "inputDropout", "convolutionDropout"]
    let graphDropouts = ["dropout", "inputDropout", "attentionDropout", "outputAttentionDropout"]
    let small = ["hidden=8", "heads=2", "groups=2", "layers=2"]
    return [
      task("toy", ToyTask.self, dropouts: ["dropout"]),
      task("image mlp", ImageClassificationTask.self, dropouts: imageDropouts) {
        ["dataset=mnist", "batchNorm=true", "dropout=0.1", "trainingImages=2000"]
      },
      task("image cnn", ImageClassificationTask.self, dropouts: imageDropouts) {
        ["dataset=mnist", "network=cnn", "hidden=[16]", "convolutionDropout=0.1", "trainingImages=2000"]
      },
      task("vgg16", VGG16Task.self, dropouts: ["dropout"]) {
        [
          "images=\(discs)", "validationImages=6", "resized=40", "cropped=36", "training.batchSize=5",
          "width=4", "denseUnits=16",
        ]
      },
    ]
      + GraphConfiguration.Network.allCases.map { network in
        task("graph \(network.rawValue)", NodeClassificationTask.self, dropouts: graphDropouts) {
          small + ["network=\(network.rawValue)"]
        }
      } + [
        task("autoencoder", GraphAutoencoderTask.self, dropouts: ["dropout", "inputDropout"])
      ]
  }
}
