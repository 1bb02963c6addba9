import Datasets
import Foundation
import TestConditions
import Testing

@Suite("Checkpoints of PyTorch") struct PyTorchCheckpointTests {
  private static let golden = [PyTorchGolden.zip, PyTorchGolden.pickles].map {
    [UInt8](Data(base64Encoded: $0) ?? Data())
  }

  private func read(_ bytes: some Sequence<UInt8>) throws -> PyTorchCheckpoint {
    try PyTorchCheckpoint(DataFile(path: "a.ckpt", bytes: Array(bytes)))
  }

  private func message(_ bytes: some Sequence<UInt8>) -> String {
    do {
      _ = try read(bytes)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("What torch.save wrote is read in both forms, with views, whatever their type", arguments: golden)
  func saved(_ bytes: [UInt8]) throws {
    let checkpoint = try read(bytes)
    #expect(
      checkpoint.numbers == [
        "iter": 3e9, "psnr": 17.5, "groups.0.betas.0": 0.5, "groups.0.betas.1": 0.75, "groups.0.amsgrad": 0,
      ])
    let names = ["brain", "count", "empty", "half", "layer.part", "layer.weight", "mask"]
    #expect(checkpoint.tensors.keys.sorted() == names.map { "model.\($0)" })
    let weight = try checkpoint.tensor("model.layer.weight")
    #expect(
      weight.shape == [3, 4] && weight.element == .float32 && weight.floats() == (0..<12).map(Float.init))
    let part = try checkpoint.tensor("model.layer.part")
    #expect(part.shape == [2, 3] && part.floats() == [1, 5, 9, 2, 6, 10])
    #expect(try checkpoint.tensor("model.half").floats() == [0.5, -2])
    let brain = try checkpoint.tensor("model.brain")
    #expect(brain.element == .bfloat16 && brain.floats() == [1.5, -3])
    let count = try checkpoint.tensor("model.count")
    #expect(try count.shape == [] && count.element == .int64 && count.integers() == [7])
    #expect(try checkpoint.tensor("model.empty").shape == [2, 0])
    #expect(try checkpoint.tensor("model.empty").floats() == [])
    #expect(try checkpoint.tensor("model.mask").integers() == [1, 0])
    #expect(throws: DataError.self) { try weight.integers() }
    #expect(
      throws: DataError.unusable(
        path: "a.ckpt", reason: "has no tensor \"model.layer.wieght\"",
        remedy: "did you mean \"model.layer.weight\"?")
    ) { try checkpoint.tensor("model.layer.wieght") }
  }

  @Test("A file that is cut off anywhere is refused", arguments: golden)
  func truncated(_ bytes: [UInt8]) {
    for count in 0..<bytes.count {
      #expect(message(bytes.prefix(count)).hasPrefix("a.ckpt"))
    }
  }

  @Test("A changed byte gives an error or numbers, and nothing worse", arguments: golden)
  func changed(_ bytes: [UInt8]) {
    var errors = 0
    for place in bytes.indices {
      for bit in [0, 3, 7] {
        var bytes = bytes
        bytes[place] ^= 1 << bit
        do {
          for tensor in try read(bytes).tensors.values { _ = tensor.floats() }
        } catch {
          #expect(error is DataError)
          errors += 1
        }
      }
    }
    #expect(errors > bytes.count)
  }

  private typealias Pickled = PickledCheckpoint

  /// A file of one tensor of a storage of six numbers.
  private func file(
    offset: Int = 0, shape: [Int], strides: [Int], view: (key: String, start: Int, count: Int)? = nil
  ) -> [UInt8] {
    let values: [Float] = [0, 1, 2, 3, 4, 5]
    let tensor = Pickled.tensor(
      Pickled.storage("k", 6, view: view), offset: offset, shape: shape, strides: strides)
    return Pickled.pickles(Pickled.dictionary([("x", tensor)]), [("k", 6, Pickled.bytes(values))])
  }

  @Test(
    "A tensor sees what its offset, shape and strides say, also of a part of a storage",
    arguments: [
      (0, [2, 3], [3, 1], [0, 1, 2, 3, 4, 5]), (1, [2, 2], [1, 2], [1, 3, 2, 4]), (5, [], [], [5]),
      (0, [6, 1], [1, .max], [0, 1, 2, 3, 4, 5]), (6, [0, 4], [.max, 1], []),
      (2, [1, 2, 1], [9, 2, 9], [2, 4]),
    ] as [(Int, [Int], [Int], [Float])])
  func views(_ offset: Int, _ shape: [Int], _ strides: [Int], _ expected: [Float]) throws {
    #expect(try read(file(offset: offset, shape: shape, strides: strides)).tensor("x").floats() == expected)
    guard offset == 1 else { return }
    let part = file(offset: 0, shape: [2], strides: [1], view: ("p", 3, 2))
    #expect(try read(part).tensor("x").floats() == [3, 4])
  }

  @Test(
    "A tensor that would see other elements than its storage has is refused",
    arguments: [
      (0, [7], [1]), (6, [], []), (-1, [2], [1]), (0, [-1], [1]), (0, [2], [-1]), (0, [2, 2], [1]),
      (5, [2], [1]), (0, [2], [6]), (0, [2, 2], [.max, .max]), (0, [3], [.max]), (0, [.max, .max], [0, 0]),
      (0, [1_000_000], [0]), (7, [0], [1]), (.max, [1], [1]),
    ] as [(Int, [Int], [Int])])
  func outside(_ offset: Int, _ shape: [Int], _ strides: [Int]) {
    #expect(
      message(file(offset: offset, shape: shape, strides: strides)).contains(
        "the tensor \"x\" of shape \(shape), strides \(strides) and offset \(offset) does not fit its storage of 6"
      ))
  }

  @Test("Classes that are not on the list are refused by name, in both forms")
  func refused() {
    let module = Pickled.dictionary([("model", Pickled.global("models", "NeRF") + [0x29, 0x81])])
    for bytes in [Pickled.pickles(module), Pickled.zip(module)] {
      #expect(message(bytes).contains("refuses to load 'models.NeRF'"))
    }
    let call = Pickled.global("posix", "system") + Pickled.tuple([Pickled.text("true")]) + [0x52]
    #expect(message(Pickled.pickles(call)).contains("refuses to load 'posix.system'"))
  }

  @Test("Storages that are missing, of another length, there twice, or nobody's are refused")
  func storages() {
    let tensor = Pickled.tensor(Pickled.storage("k", 2), shape: [2], strides: [1])
    let bytes = Pickled.bytes([1, 2])
    #expect(message(Pickled.pickles(tensor, [("k", 2, bytes)])) == "no error")
    #expect(message(Pickled.pickles(tensor)).contains("the storage \"k\" is missing"))
    #expect(message(Pickled.pickles(tensor, [("k", 3, bytes)])).contains("3 elements of the storage \"k\""))
    #expect(message(Pickled.pickles(tensor, [("k", -1, bytes)])).contains("where 2 must be"))
    #expect(message(Pickled.pickles(tensor, [("k", 2, bytes + [0])])).contains("1 bytes after the end"))
    #expect(message(Pickled.pickles(tensor, [("l", 2, bytes)])).contains("that no tensor has"))
    #expect(message(Pickled.pickles(tensor, [("k", 2, bytes), ("k", 2, bytes)])).contains("there twice"))
    #expect(message(Pickled.zip(tensor, [("k", bytes)])) == "no error")
    #expect(message(Pickled.zip(tensor)).contains("the storage \"k\" is missing"))
    #expect(message(Pickled.zip(tensor, [("k", [1])])).contains("1 bytes of the storage \"k\""))
    #expect(message(Pickled.zip(tensor, [("k", bytes)], order: "big")).contains("big-endian"))
    let huge = Pickled.tensor(Pickled.storage("k", .max), shape: [1], strides: [1])
    #expect(message(Pickled.pickles(huge, [("k", .max, bytes)])).contains("elements of the storage"))
    let twice = Pickled.dictionary([
      ("x", tensor),
      ("y", Pickled.tensor(Pickled.storage("k", 1, type: "LongStorage"), shape: [], strides: [])),
    ])
    #expect(message(Pickled.pickles(twice, [("k", 2, bytes)])).contains("has two types or lengths"))
    let view = Pickled.tensor(Pickled.storage("k", 2, view: ("v", 1, 2)), shape: [1], strides: [1])
    #expect(message(Pickled.pickles(view, [("k", 2, bytes)])).contains("lies outside the storage"))
  }

  @Test("Dictionaries in themselves, or too often in others, and names for two values are refused")
  func names() {
    // d = {}; memo[1] = d; d["a"] = d
    let own: [UInt8] = [0x7d, 0x71, 1] + Pickled.text("a") + [0x68, 1, 0x73]
    #expect(message(Pickled.pickles(own)).contains("too deep, or too often"))
    // Each dictionary has the one before it twice.
    var doubled = Pickled.dictionary([("a", Pickled.integer(1))])
    for key: UInt8 in 0..<40 {
      doubled =
        [0x7d, 0x28] + Pickled.text("a") + doubled + [0x71, key] + Pickled.text("b") + [0x68, key, 0x75]
    }
    #expect(message(Pickled.pickles(doubled)).contains("too deep, or too often"))
    let inner = Pickled.dictionary([("b", Pickled.integer(1))])
    #expect(
      message(Pickled.pickles(Pickled.dictionary([("a.b", Pickled.integer(2)), ("a", inner)])))
        .contains("two values are called \"a.b\""))
  }

  @Test("Other files are refused") func others() {
    #expect(
      message("hello".utf8)
        == "a.ckpt: is not a PyTorch checkpoint: it does not begin as one; write it by torch.save")
    #expect(message(Pickled.pickles([0x4e])) == "no error")
    #expect(message(Pickled.zip([0x4e]).dropLast(30)).contains("save it again by torch.save"))
  }

  private static let published = "nerf_dfa_checkpoints/synth_lego_dfa.ckpt"
  private static let fern = "nerf_dfa_checkpoints/real_fern_dfa.ckpt"

  @Test(
    "The published networks for radiance fields are read", .needsPlace(published), .needsPlace(fern),
    arguments: [
      (published, 499_999, 18.01081439539888, -0.13266949355602264, 0.0856366753578186),
      (fern, 199_999, 17.97825644340804, 0.019688721746206284, 0.011324776336550713),
    ] as [(String, Double, Double, Float, Float)])
  func radianceFields(_ path: String, _ steps: Double, _ psnr: Double, _ first: Float, _ last: Float) throws {
    let checkpoint = try PyTorchCheckpoint(contentsOf: try #require(DatasetStore().place(path)))
    #expect(checkpoint.numbers["iter"] == steps && checkpoint.numbers["psnr"] == psnr)
    #expect(try checkpoint.tensor("loss").shape == [])
    let shapes = [
      "layer1.weight": [128, 63], "layer1.bias": [128], "layers_xyz.0.weight": [128, 128],
      "layers_xyz.0.bias": [128], "layers_xyz.1.weight": [128, 128], "layers_xyz.1.bias": [128],
      "layers_xyz.2.weight": [128, 128], "layers_xyz.2.bias": [128], "fc_alpha.weight": [1, 128],
      "fc_alpha.bias": [1], "fc_feat.weight": [128, 128], "fc_feat.bias": [128],
      "layers_dir.0.weight": [64, 155], "layers_dir.0.bias": [64], "fc_rgb.weight": [3, 64],
      "fc_rgb.bias": [3],
    ]
    for network in ["model_coarse_state_dict", "model_fine_state_dict"] {
      let found = checkpoint.tensors.filter { $0.key.hasPrefix(network) }
      let expected = shapes.map { ("\(network).\($0.key)", $0.value) }
      #expect(found.mapValues(\.shape) == Dictionary(uniqueKeysWithValues: expected))
      #expect(found.values.allSatisfy { $0.element == .float32 && $0.floats().allSatisfy(\.isFinite) })
    }
    #expect(try checkpoint.tensor("model_coarse_state_dict.layer1.weight").floats().first == first)
    #expect(try checkpoint.tensor("model_fine_state_dict.fc_rgb.bias").floats().last == last)
  }
}
