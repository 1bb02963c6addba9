import Datasets
import Foundation
import Networks
import Torch
import Training

/// A checkpoint of the published code of Launay et al. 2020: the weights of the coarse and the fine network, by their paths here.
///
/// **Source** https://github.com/lightonai/dfa-scales-to-modern-deep-learning, pretrained-models
struct PublishedCheckpoint {
  /// The weights, by path.
  let tensors: [String: Tensor]

  /// Reads a file of `torch.save`.
  /// - Throws: `DataError` when it is damaged, or holds no such networks.
  init(contentsOf url: URL) throws {
    let checkpoint = try PyTorchCheckpoint(contentsOf: url)
    var tensors: [String: Tensor] = [:]
    for network in ["coarse", "fine"] {
      let prefix = "model_\(network)_state_dict."
      let found = checkpoint.tensors.filter { $0.key.hasPrefix(prefix) }
      guard !found.isEmpty else {
        throw DataError.unusable(
          path: url.path, reason: "has no \(prefix)*",
          remedy: "give a checkpoint of the 2020 paper's radiance fields, such as synth_lego_dfa.ckpt")
      }
      for (name, tensor) in found {
        let parts = name.dropFirst(prefix.count).split(separator: ".").map(String.init)
        guard let kind = parts.last, let layer = Self.layer(parts.dropLast()) else {
          throw DataError.unusable(
            path: url.path, reason: "has \"\(name)\", which no published radiance field has",
            remedy: "give a checkpoint of the 2020 paper's radiance fields")
        }
        tensors["\(network)/\(layer)/\(kind)"] = Tensor(tensor.floats(), shape: tensor.shape)
      }
    }
    self.tensors = tensors
  }

  /// What a layer of the published network is called here.
  private static func layer(_ parts: some Collection<String>) -> String? {
    switch Array(parts) {
    case ["layer1"]: "layer0"
    case ["fc_feat"]: "feature"
    case ["fc_alpha"]: "density"
    case ["fc_rgb"]: "color"
    case ["layers_dir", "0"]: "direction"
    case let list where list.count == 2 && list[0] == "layers_xyz": Int(list[1]).map { "layer\($0 + 1)" }
    default: nil
    }
  }
}

extension RadianceFieldTask: PublishedTask {
  /// `nerf-published`
  public static let publishedPreset = "nerf-published"

  /// Takes over the weights of a published checkpoint.
  public func loadPublished(_ file: URL) throws {
    do { try store.load(PublishedCheckpoint(contentsOf: file).tensors) } catch let error as ParameterMismatch
    {
      throw DataError.unusable(
        path: file.path, reason: "\(error)",
        remedy: "give the preset whose networks it holds, such as nerf-published")
    }
  }
}
