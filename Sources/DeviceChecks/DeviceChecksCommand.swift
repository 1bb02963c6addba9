import ArgumentParser
import DirectFeedback
import Foundation
import TestSupport

/// Holds a device to what the tests hold the CPU to.
@main struct DeviceChecksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "DeviceChecks",
    abstract: "Check every training method and task on a device, and compare its first steps with the CPU's.",
    discussion: """
      Losses and gradients of the first step must agree within \(DeviceCheck.tolerance) of their size. Needs MNIST and \
      CiteSeer. Each check is a line on standard error when it ends; the exit code is 1 when one found something wrong.
      """)

  @Option(help: "The device: auto, cpu, cuda, cuda:N.")
  var device = "auto"

  @Option(
    help: ArgumentHelp(
      "The checks to run, by the first words of their names, separated by commas; all when not given.",
      valueName: "names"))
  var only: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let device = try Device(named: device)
    let discs = try TemporaryFolder()
    try DiscImages.write(to: discs.url)
    let beginnings = only?.split(separator: ",").map(String.init)
    let checks = DeviceCheck.all(discs: discs.url.path).filter { check in
      beginnings?.contains { check.name.hasPrefix($0) } ?? true
    }
    guard !checks.isEmpty else { throw ValidationError("no check begins with '\(only ?? "")'") }
    let findings = checks.map { check in
      let finding = check.finding(on: device)
      FileHandle.standardError.write(Data((DeviceChecksCommand.line(finding) + "\n").utf8))
      return finding
    }
    if json {
      print(
        try readableJSON(
          DeviceReport(device: device.description, libtorch: LibTorch.version, checks: findings)))
    }
    if findings.contains(where: { !$0.violations.isEmpty }) { throw ExitCode.failure }
  }

  private static func line(_ finding: DeviceCheck.Finding) -> String {
    let seconds = String(format: "%.1f s", finding.seconds)
    let difference = finding.agreement.map { String(format: ", differs by %.1e", $0.gradient) } ?? ""
    return
      (["\(finding.violations.isEmpty ? "OK    " : "FAILED") \(finding.name) (\(seconds)\(difference))"]
      + finding.violations.prefix(4).map { "         " + $0 }
      + (finding.violations.count > 4 ? ["         and \(finding.violations.count - 4) more"] : []))
      .joined(separator: "\n")
  }
}

/// What `--json` prints.
private struct DeviceReport: Encodable {
  let device: String
  let libtorch: String
  let checks: [DeviceCheck.Finding]
}
