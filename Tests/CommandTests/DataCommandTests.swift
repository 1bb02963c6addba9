import Datasets
import Foundation
import TestSupport
import Testing

@Suite("dfa data and dfa doctor") struct DataCommandTests {
  private let scratch: TemporaryFolder
  private let folder: String

  init() throws {
    scratch = try TemporaryFolder()
    folder = scratch.file("data/small").path
    try scratch.file("server/a.txt", holding: "hello world\n")
    try scratch.file("server/b.txt", holding: "12345\n")
  }

  private func own(_ arguments: String..., server: String = "server") throws -> Command {
    let environment = withoutData.merging(["OWN_SERVER": scratch.file(server).path]) { $1 }
    return try Command(
      arguments + ["--data", scratch.file("data").path], of: "OwnCommand", environment: environment)
  }

  private func state() throws -> String? {
    let rows = try own("data", "list", "--json").object()["datasets"] as? [[String: Any]]
    return try #require(rows?.first { $0["name"] as? String == "small" })["state"] as? String
  }

  @Test("An own data set is fetched once, and listed as it is") func fetch() throws {
    #expect(try state() == "not here")
    try own("data", "path", "small").expectFailure(65, "small: a.txt is not in ")
    let fetched = try own("data", "fetch", "small", "--json")
    #expect(try fetched.object()["paths"] as? [String: String] == ["small": folder])
    #expect(fetched.errors.hasPrefix("fetch small"))
    #expect(try scratch.text("data/small/a.txt") == "hello world\n")
    // The server is not needed again.
    let again = try own("data", "fetch", "small", server: "nowhere")
    #expect(again.status == 0 && again.output.isEmpty && again.errors == "small is in \(folder)\n")
    #expect(try own("data", "path", "small").output == folder + "\n")
    #expect(try state() == "complete")
    #expect(try own("data", "list").output.contains(/small +18 B +\S+\/data\/small +two small files/))
    try FileManager.default.removeItem(atPath: "\(folder)/b.txt")
    #expect(try state() == "incomplete")
  }

  @Test("A damaged file ends with 65, its verdict printed, and is fetched again") func verify() throws {
    _ = try own("data", "fetch", "small", "--json").object()
    #expect(try own("data", "verify").output == "small: OK\n")
    try scratch.file("data/small/a.txt", holding: "hello there\n")
    let text = try own("data", "verify")
    #expect(text.status == 65 && text.output.hasPrefix("small: small: \(folder)/a.txt has SHA-256 "))
    #expect(text.complaints.count == 1)
    let problems = try own("data", "verify", "small", "--json").object(status: 65)["problems"]
    #expect((problems as? [String: [String]])?["small"]?.count == 1)
    #expect(try own("data", "fetch", "small").status == 0)
    #expect(try own("data", "verify", "small").output == "small: OK\n")
  }

  @Test("Of files without a known digest the classes are checked, and the verdict says so")
  func withoutDigest()
    throws
  {
    let cifar = DatasetCatalog.cifar10
    let folder = "data/\(cifar.folder)"
    for file in cifar.files {
      let url = try scratch.file("\(folder)/\(file.path)", holding: "")
      try FileHandle(forWritingTo: url).truncate(atOffset: UInt64(file.byteCount))
    }
    let zeros = try own("data", "verify", "cifar-10")
    #expect(zeros.status == 65)
    #expect(zeros.output.contains("test_batch.bin: 10000 images of class 0, where there are 1000 of each"))
    #expect(try own("data", "fetch", "cifar-10").status == 65)
    for file in cifar.files {
      let handle = try FileHandle(forWritingTo: scratch.file("\(folder)/\(file.path)"))
      for image in 0..<10_000 {
        try handle.seek(toOffset: UInt64(image * 3073))
        try handle.write(contentsOf: [UInt8(image % 10)])
      }
    }
    #expect(
      try own("data", "verify", "cifar-10").output
        == "cifar-10: right lengths and classes; the bytes of every file were not checked, as no SHA-256 is known\n"
    )
    _ = try own("data", "fetch", "small", "--json").object()
    let verdict = try own("data", "verify", "--json").object()
    #expect(verdict["problems"] as? [String: [String]] == ["cifar-10": [], "small": []])
    #expect(
      verdict["withoutDigest"] as? [String: [String]] == ["cifar-10": cifar.files.map(\.path), "small": []])
    #expect(try own("data", "fetch", "cifar-10").errors.hasSuffix(" (of its files no digest is known)\n"))
  }

  @Test("A set that cannot be fetched does not keep the others from it, and says where its files go by hand")
  func fetchesOn() throws {
    let command = try own("data", "fetch", "mnist", "small", "--json")
    #expect(try command.object(status: 65)["paths"] as? [String: String] == ["small": folder])
    #expect(
      command.errors.contains("put its files into \(scratch.file("data/mnist").path) by hand: train-images"))
  }

  @Test("A source that has nothing ends with 65 and is named") func noSource() throws {
    try own("data", "fetch", "small", server: "nowhere").expectFailure(
      65, "small: no source worked (file://\(scratch.file("nowhere").path)/: ")
  }

  @Test("The doctor advises to fetch what is not here, and that alone") func doctor() throws {
    let names = DatasetCatalog.all.map(\.name)
    let advice = "fetch what you need: dfa data fetch \(names.joined(separator: " "))"
    let before = try own("doctor")
    #expect(before.status == 0 && before.output.contains("- \(advice) small\n"))
    #expect(before.output.contains(/data set small +not here/))
    _ = try own("data", "fetch", "small", "--json").object()
    #expect(try (own("doctor", "--json").object()["advice"] as? [String])?.first == advice)
    #expect(try own("doctor").output.contains(/data set small +\S+\/data\/small/))
  }
}
