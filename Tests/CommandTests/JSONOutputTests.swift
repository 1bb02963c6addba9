import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("--json prints one object on standard output and nothing else") struct JSONOutputTests {
  @Test("Of what there is", arguments: ["tasks", "presets", "methods", "experiments"]) func list(
    _ subject: String
  ) throws {
    let table = try Command(["list", subject, "--json"]).object()
    #expect(table.keys.sorted() == [subject])
    #expect((table[subject] as? [[String: String]])?.isEmpty == false)
  }

  @Test("Of a preset's keys, tuned for the method") func keys() throws {
    func dropout(_ method: String) throws -> Double? {
      let keys = try Command(["list", "keys", "--preset", "gcn-cora-published", "--method", method, "--json"])
        .object()
      return (keys["model"] as? [String: [String: Any]])?["gcn"]?["dropout"] as? Double
    }
    #expect(try dropout("bp") == 0.5)
    #expect(try dropout("dfa") == 0.1)
  }

  @Test("Of projections, with every kind of matrix") func projections() throws {
    let kinds =
      "dense,dense:regenerated,sparse(0.5),sparse(0.5):regenerated,orthogonal,hadamard,sign:regenerated"
    let table = try Command(
      ["bench", "projection", "--error-width", "10", "--width", "500", "--kinds", kinds, "--json"]
    ).object()
    #expect(
      table.keys.sorted() == [
        "errorWidth", "projections", "rows", "threads", "vgg16IndependentBytes", "vgg16SharedBytes", "width",
      ])
    // The 55 GB and 13 GB of the 2019 paper.
    #expect(table["vgg16IndependentBytes"] as? Int == 54_222_848_000)
    #expect(table["vgg16SharedBytes"] as? Int == 12_845_056_000)
    let rows = try #require(table["projections"] as? [[String: Any]])
    #expect(rows.compactMap { $0["kind"] as? String }.count == 7)
    #expect(rows[0]["storedBytes"] as? Int == 20_000 && rows[1]["storedBytes"] as? Int == 0)
    #expect(rows.allSatisfy { ($0["peakBytes"] as? Int ?? 0) >= 8 * 500 * 4 })
  }

  @Test("Of the machine") func doctor() throws {
    let table = try Command(["doctor", "--json"]).object()
    #expect(
      table.keys.sorted() == [
        "advice", "cores", "cudaDevices", "dataFolders", "datasets", "instructions", "libtorch", "threads",
        "version", "waiting",
      ])
  }

  @Test("Of the data sets") func dataList() throws {
    let rows = try #require(try Command(["data", "list", "--json"]).object()["datasets"] as? [[String: Any]])
    #expect(rows.count == DatasetCatalog.all.count)
    #expect(rows.allSatisfy { $0["name"] != nil && $0["bytes"] != nil && $0["state"] != nil })
  }

  @Test("Of a data set that is here", .needsData(DatasetCatalog.citeseer)) func dataHere() throws {
    let path = try DatasetStore().locate(DatasetCatalog.citeseer).path
    #expect(try Command(["data", "path", "citeseer", "--json"]).object()["path"] as? String == path)
    let verify = try Command(["data", "verify", "citeseer", "--json"]).object()
    #expect((verify["problems"] as? [String: [String]])?["citeseer"] == [])
    #expect((verify["withoutDigest"] as? [String: [String]])?["citeseer"] == [])
    let fetch = try Command(["data", "fetch", "citeseer", "--json"])
    #expect((try fetch.object()["paths"] as? [String: String])?["citeseer"] == path)
  }

  @Test("Of a run, from training to its report", .needsData(DatasetCatalog.citeseer)) func run() throws {
    let scratch = try TemporaryFolder()
    let run = scratch.file("run").path
    let train = try Command(
      ["train", "graph", "--preset", "debug", "--set", "training.epochs=3", "--output", run, "--json"])
    let summary = try train.object()
    #expect(summary.keys.sorted() == ["alignment", "epoch", "metrics", "run", "step"])
    #expect(summary["step"].map { (1...3).contains($0 as? Int ?? 0) } == true)
    #expect(train.errors.contains("graph debug dfa seed 0  3 steps in "))
    let points = try Command(["align", run, "--json"]).object()["alignment"] as? [[String: Any]]
    #expect(points?.first?.keys.sorted() == ["mean", "point", "rows", "skipped", "std"])
    for weights in ["last", "best"] {
      let table = try Command(["evaluate", run, "--weights", weights, "--json"]).object()
      #expect(table.keys.sorted() == ["metrics", "run", "weights"])
      let metrics = try #require(table["metrics"] as? [String: Double])
      #expect(metrics.keys.sorted() == ["testAccuracy", "testLoss", "validationAccuracy", "validationLoss"])
      if weights == "best" {
        let best = try #require(summary["metrics"] as? [String: Double])
        #expect(metrics.allSatisfy { best[$0] == $1 })
      }
    }
    let report = try Command(["report", run, "--json"]).object()["report"] as? String
    #expect(try String(contentsOfFile: #require(report), encoding: .utf8).contains("</html>"))
    let again = try Command(
      [
        "train", "graph", "--preset", "debug", "--set", "training.epochs=3", "--output", run, "--resume",
        "--json",
      ])
    #expect(try again.object()["metrics"] as? [String: Double] == summary["metrics"] as? [String: Double])
  }

  @Test("Of a comparison, the one that the documentation shows", .needsData(DatasetCatalog.citeseer))
  func compare() throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.file("comparison")
    let command = try Command([
      "compare", "graph", "--preset", "debug", "--set", "training.epochs=2", "--methods", "bp,dfa", "--seeds",
      "2",
      "--output", folder.path, "--json",
    ])
    let table = try command.object()
    #expect(
      table.keys.sorted() == [
        "device", "failures", "methods", "preset", "provenance", "seeds", "settings", "task",
      ])
    let provenance = try #require(table["provenance"] as? [String: Any])
    #expect(provenance["command"].map { "\($0)".hasPrefix("dfa compare graph --preset debug ") } == true)
    let settings = try #require(table["settings"] as? [[String: Any]])
    #expect(settings.first?["key"] as? String == "model.gcn.dropout")
    #expect(settings.first?["values"] as? [String: String] == ["bp": "0.5", "dfa": "0.1"])
    let methods = try #require(table["methods"] as? [String: [String: Any]])
    #expect(methods.keys.sorted() == ["bp", "dfa"])
    let accuracy = (methods["dfa"]?["metrics"] as? [String: [String: Any]])?["testAccuracy"]
    #expect(accuracy?.keys.sorted() == ["mean", "std", "values"])
    #expect((accuracy?["values"] as? [Double])?.count == 2)
    #expect(methods["bp"]?["alignment"] == nil && methods["dfa"]?["alignment"] != nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["comparison.json", "comparison.md", "report.html", "runs.jsonl"])
  }

  @Test("Of a step's time", .needsData(DatasetCatalog.citeseer)) func bench() throws {
    let table = try Command([
      "bench", "step", "--task", "graph", "--preset", "debug", "--methods", "bp,dfa", "--rounds", "2",
      "--warmup",
      "0", "--json",
    ]).object()
    #expect(
      table.keys.sorted() == ["device", "methods", "peakGflops", "preset", "rounds", "task", "threads"])
    let methods = try #require(table["methods"] as? [String: [String: Any]])
    #expect(methods["dfa"]?.keys.sorted() == stepKeys)
  }

  private let stepKeys = [
    "activationBytes", "gflops", "limit", "multiplyAccumulates", "peakBytes", "peakShare",
    "ratio", "ratioQuartiles", "secondsPerStep",
  ]

  private let epochKeys = [
    "peakBytes", "ratio", "ratioQuartiles", "secondsOfEvaluation", "secondsOfTraining", "secondsPerEpoch",
  ]

  @Test("Of an epoch's time", .needsData(DatasetCatalog.citeseer)) func benchEpoch() throws {
    let table = try Command([
      "bench", "epoch", "--task", "graph", "--preset", "debug", "--rounds", "1", "--warmup", "0", "--json",
    ]).object()
    #expect(
      Set(table.keys).subtracting(["residentPeakBytes"]).sorted() == [
        "aliveBytes", "device", "epochsInRound", "methods", "preset", "rounds", "task", "threads",
      ])
    let methods = try #require(table["methods"] as? [String: [String: Any]])
    #expect(methods.keys.sorted() == ["bp", "dfa"])
    #expect(methods["bp"]?.keys.sorted() == epochKeys && methods["bp"]?["ratio"] as? Double == 1)
  }

  @Test("Of an epoch on a random graph, with the time to make it") func benchGraph() throws {
    let command = try Command([
      "bench", "graph", "--nodes", "200", "--edges", "900", "--features", "8", "--hidden", "4", "--classes",
      "3", "--methods", "bp,dfa,shallow", "--rounds", "1", "--warmup", "0", "--json",
    ])
    let table = try command.object()
    #expect(
      Set(table.keys).subtracting(["residentPeakBytes"]).sorted() == [
        "aliveBytes", "buildSeconds", "classes", "device", "directedEdges", "edges", "epochsInRound",
        "features", "hidden", "methods", "network", "nodes", "rounds", "threads",
      ])
    #expect(table["edges"] as? Int == 900 && table["directedEdges"] as? Int == 1_800)
    let methods = try #require(table["methods"] as? [String: [String: Any]])
    #expect(methods.keys.sorted() == ["bp", "dfa", "shallow"])
    #expect(methods["dfa"]?.keys.sorted() == epochKeys)
    // The features are alive before, the hidden layer in an epoch.
    #expect(table["aliveBytes"] as? Int ?? 0 >= 200 * 8 * 4)
    #expect(methods["bp"]?["peakBytes"] as? Int ?? 0 >= 200 * 4 * 4)
    #expect(command.errors.hasPrefix("graph made in "))
  }

  @Test("Of a benchmark network's step") func benchNetwork() throws {
    let table = try Command([
      "bench", "step", "--network", "mlp-784", "--batch", "2", "--methods", "bp,dfa,shallow", "--rounds", "1",
      "--warmup", "0", "--json",
    ]).object()
    #expect(table.keys.sorted() == ["device", "methods", "network", "peakGflops", "rounds", "threads"])
    #expect(table["network"] as? String == "mlp-784")
    let methods = try #require(table["methods"] as? [String: [String: Any]])
    #expect(methods.keys.sorted() == ["bp", "dfa", "shallow"])
    #expect(methods["bp"]?.keys.sorted() == stepKeys && methods["bp"]?["ratio"] as? Double == 1)
    let seconds = methods["dfa"]?["secondsPerStep"] as? [String: Double]
    #expect(seconds?.keys.sorted() == ["max", "median", "min"])
  }

  @Test("Of a deep perceptron's step") func benchDeep() throws {
    let table = try Command([
      "bench", "step", "--depth", "3", "--width", "8", "--batch", "2", "--methods", "bp", "--rounds", "1",
      "--warmup", "0", "--json",
    ]).object()
    #expect(table["network"] as? String == "mlp-deep")
    let method = (table["methods"] as? [String: [String: Any]])?["bp"]
    // 2 x (3 x (3·64 + 80) - 64)
    #expect(method?["multiplyAccumulates"] as? Int == 2 * (3 * 272 - 64))
  }

  @Test("Of memory against depth, with its page") func benchMemory() throws {
    let scratch = try TemporaryFolder()
    let page = scratch.file("memory.html")
    let table = try Command([
      "bench", "memory", "--depths", "1,3", "--width", "64", "--batch", "32", "--output", page.path, "--json",
    ]).object()
    #expect(table.keys.sorted() == ["batch", "depths", "device", "methods", "width"])
    let methods = try #require(table["methods"] as? [String: [String: Any]])
    #expect(methods["dfa"]?.keys.sorted() == ["activationBytes", "bytesPerLayer"])
    let bytes = try #require(methods["bp"]?["activationBytes"] as? [Int])
    #expect(bytes.count == 2 && bytes[0] < bytes[1])
    #expect(try String(contentsOf: page, encoding: .utf8).contains("</html>"))
  }

  @Test("Of a profile") func benchProfile() throws {
    let table = try Command([
      "bench", "profile", "--network", "mlp-small", "--method", "dfa", "--steps", "2", "--json",
    ]).object()
    #expect(
      table.keys.sorted() == [
        "device", "method", "network", "parts", "productShare", "secondsPerStep", "steps", "threads",
      ])
    let parts = try #require(table["parts"] as? [String: [String: Double]])
    #expect(
      parts.keys.sorted() == [
        "forwardProducts", "inputGradientProducts", "loss", "optimizer", "otherBackward", "otherForward",
        "projection", "rest", "weightGradientProducts",
      ])
    #expect(parts["inputGradientProducts"]?["seconds"] == 0)
  }

  @Test("Of endurance, with a line for each sample on standard error") func benchEndurance() throws {
    let command = try Command(["bench", "endurance", "--steps", "25", "--every", "10", "--json"])
    let table = try command.object()
    #expect(
      table.keys.sorted() == [
        "aliveBytes", "device", "method", "network", "residentBytes", "samples", "steps",
      ])
    #expect((table["aliveBytes"] as? [String: Int])?.keys.sorted() == ["first", "growth", "last", "max"])
    #expect((table["samples"] as? [[String: Any]])?.compactMap { $0["step"] as? Int } == [10, 20, 25])
    #expect(command.errors.split(separator: "\n").count == 3)
  }
}
