import FeedbackAlignment
import Foundation
import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Groups of parameters and clipping in training") struct ParameterGroupTests {
  private func trained(_ assignments: [String]) throws -> [String: Tensor] {
    let trainer = try stepTrainer(assignments)
    try trainer.train()
    return trainer.checkpoint().tensors
  }

  /// The weights after eight steps of descent by hand: `move` is given both gradients, and moves one of the two.
  private func byHand(
    _ move: (_ step: Int, _ weight: Double, _ slope: Double, _ norm: Double, _ isFirst: Bool) -> Double
  ) throws -> [[Double]] {
    let parameters = try stepTrainer().task.store.parameters
    var weights = parameters.map { $0.tensor.scalars(Float.self).map(Double.init) }
    for step in 0..<8 {
      let target = [Double(step) - 2, 1, 0.5]
      let slopes = zip(weights, [1.0, -2]).map { weights, scale in
        weights.enumerated().map { $1 - scale * target[$0 % 3] }
      }
      let norm = slopes.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
      weights = zip(weights, slopes).enumerated().map { index, pair in
        zip(pair.0, pair.1).map { move(step, $0, $1, norm, index == 0) }
      }
    }
    return weights
  }

  private func expectEqual(_ tensors: [String: Tensor], _ weights: [[Double]]) throws {
    for (name, expected) in zip(["first", "second"], weights) {
      let found = try #require(tensors["parameters/\(name)/weight"]).scalars(Float.self)
      #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 }, "\(name)")
    }
  }

  @Test("A group has its own rate, under the same schedule, and its own decay") func rateAndDecay() throws {
    let found = try trained([
      "optimizer.learningRate=0.4", "optimizer.weightDecay=0.1", "optimizer.warmup=2 steps",
      "optimizer.schedule={step: {factor: 0.5, every: 3 steps}}",
      "optimizer.groups.first={learningRate: 0.1, weightDecay: 0.7}",
    ])
    let factors = [0.5, 1, 1, 1, 1, 0.5, 0.5, 0.5]
    let expected = try byHand { step, weight, slope, _, isFirst in
      let (rate, decay) = isFirst ? (0.1, 0.7) : (0.4, 0.1)
      return weight - rate * factors[step] * (slope + decay * weight)
    }
    try expectEqual(found, expected)
  }

  @Test("A group has its own rule, and the others theirs, bit for bit") func rule() throws {
    let mixed = try trained([
      "optimizer.rule={sgd: {momentum: 0.9}}", "optimizer.groups.first={rule: adam, learningRate: 0.25}",
    ])
    let momentum = try trained(["optimizer.rule={sgd: {momentum: 0.9}}"])
    let adam = try trained(["optimizer.rule=adam", "optimizer.learningRate=0.25"])
    for (part, whole) in [("first/weight", adam), ("second/weight", momentum)] {
      func tensors(_ all: [String: Tensor]) -> [String: Tensor] { all.filter { $0.key.contains(part) } }
      #expect(areEqual(tensors(mixed), tensors(whole)), "\(part)")
    }
    let slots = mixed.keys.filter { $0.hasPrefix("optimizer/") }.sorted()
    #expect(
      slots
        == ["first/weight/mean", "first/weight/square", "first/weight/step", "second/weight/momentum"].map {
          "optimizer/" + $0
        })
  }

  @Test("What a group does not say is the optimizer's: an empty group changes nothing") func empty() throws {
    let settings = ["optimizer.rule=adamw", "optimizer.weightDecay=0.1"]
    #expect(areEqual(try trained(settings + ["optimizer.groups.first={}"]), try trained(settings)))
    #expect(
      !areEqual(try trained(settings + ["optimizer.groups.first.weightDecay=0"]), try trained(settings)))
  }

  @Test("Cut after any step, a run of groups ends as if it had not been, bit for bit") func resumed() throws {
    let settings = [
      "optimizer.rule={sgd: {momentum: 0.9}}", "optimizer.groups.first={rule: radam, weightDecay: 0.3}",
      "optimizer.clipNorm=2", "optimizer.warmup=3 steps",
    ]
    let expected = try trained(settings)
    let file = try TemporaryFolder()
    for cut in 1..<8 {
      let killed = try stepTrainer(
        settings, callbacks: [Hook(step: { if $0.progress.step == cut { throw Killed() } })])
      #expect(throws: Killed()) { try killed.train() }
      try killed.checkpoint().write(to: file.file("last"))
      let resumed = try stepTrainer(settings)
      try resumed.resume(Checkpoint(contentsOf: file.file("last")), best: killed.bestWeights)
      try resumed.train()
      #expect(areEqual(resumed.checkpoint().tensors, expected), "cut after step \(cut)")
    }
  }

  @Test("A group that no parameter is in is refused with the nearest there is") func unknown() {
    #expect(
      throws: ConfigurationError.unknown(
        kind: "group of parameters", name: "frist", nearest: "first", known: ["first"])
    ) { try stepTrainer(["optimizer.groups.frist.weightDecay=1"]) }
  }

  @Test(
    "A group's settings are checked by their full path",
    arguments: [
      ("learningRate", "0"), ("weightDecay", "-1"), ("rule.adam.beta1", "1"), ("rule.sgd.momentum", "-0.1"),
    ])
  func ranges(_ key: String, _ value: String) throws {
    let path = "optimizer.groups.first.\(key)"
    let kind = key.split(separator: ".").dropFirst().first.map { ["optimizer.groups.first.rule=\($0)"] } ?? []
    #expect { try stepTrainer(kind + ["\(path)=\(value)"]) } throws: {
      "\($0)".hasPrefix("\(path): must be ")
    }
  }

  @Test("Gradients of all parameters together are clipped to a norm, as by hand", arguments: [0.5, 4])
  func clipping(_ limit: Double) throws {
    let found = try trained([
      "optimizer.clipNorm=\(limit)", "optimizer.groups.first={learningRate: 0.2, weightDecay: 0.5}",
    ])
    // Decay is no part of what is clipped.
    let expected = try byHand { _, weight, slope, norm, isFirst in
      let (rate, decay) = isFirst ? (0.2, 0.5) : (0.5, 0)
      return weight - rate * (slope * min(1, limit / (norm + 1e-6)) + decay * weight)
    }
    try expectEqual(found, expected)
  }

  @Test("A limit that no gradient reaches changes nothing, bit for bit") func unclipped() throws {
    #expect(areEqual(try trained(["optimizer.clipNorm=1e6"]), try trained([])))
    #expect(!areEqual(try trained(["optimizer.clipNorm=1"]), try trained([])))
  }
}
