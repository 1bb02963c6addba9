import Foundation
import TestSupport
import Testing

@Suite("The command DeviceChecks") struct DeviceChecksCommandTests {
  private func check(_ arguments: String..., environment: [String: String?] = [:]) throws -> Command {
    try Command(arguments, of: "DeviceChecks", environment: environment)
  }

  @Test("Runs the checks that were asked for, and ends with 0 when all is well") func chosen() throws {
    let command = try check("--device", "cpu", "--only", "method bp,method dkp", "--json")
    let report = try command.object()
    #expect(report.keys.sorted() == ["checks", "device", "libtorch"] && report["device"] as? String == "cpu")
    let checks = try #require(report["checks"] as? [[String: Any]])
    #expect(checks.compactMap { $0["name"] as? String } == ["method bp", "method dkp"])
    #expect(checks.allSatisfy { ($0["violations"] as? [String]) == [] && $0["agreement"] != nil })
    let lines = command.errors.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(/^OK     method bp \(\d+\.\d s, differs by 0\.0e\+00\)$/))
  }

  @Test("A check that cannot run is one that failed: its line says why, and the command ends with 1")
  func failing() throws {
    let command = try check("--device", "cpu", "--only", "task image mlp", "--json", environment: withoutData)
    let checks = try #require(try command.object(status: 1)["checks"] as? [[String: Any]])
    let violation = try #require((checks.first?["violations"] as? [String])?.first)
    #expect(checks.count == 1 && violation.contains("run \"dfa data fetch mnist\""))
    #expect(
      command.errors.hasPrefix("FAILED task image mlp (")
        && command.errors.contains("\n         \(violation)\n"))
  }

  @Test("A check or device that is not there is refused") func refuses() throws {
    try check("--only", "methods").expectFailure(64, "no check begins with 'methods'")
    let device = try check("--device", "tpu")
    #expect(device.status != 0 && device.errors.contains("device 'tpu' is unknown"))
  }
}
