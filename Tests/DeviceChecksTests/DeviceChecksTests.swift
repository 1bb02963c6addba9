import Datasets
import DeviceChecks
import TestConditions
import TestSupport
import Testing
import Torch

@Suite("Checks of a device") struct DeviceChecksTests {
  private let discs: TemporaryFolder

  init() throws {
    discs = try TemporaryFolder()
    try DiscImages.write(to: discs.url)
  }

  private func findings(_ names: String...) -> [DeviceCheck.Finding] {
    DeviceCheck.all(discs: discs.url.path).filter { check in names.contains { check.name.hasPrefix($0) } }
      .map { $0.finding(on: .cpu) }
  }

  @Test("The CPU agrees with itself, bit for bit") func agreement() {
    let findings = findings("method bp", "method dkp", "task toy", "task vgg16")
    #expect(findings.count == 4)
    for finding in findings {
      #expect(finding.violations == [], "\(finding.name)")
      #expect(finding.agreement?.gradient == 0 && finding.agreement?.loss == 0, "\(finding.name)")
    }
  }

  @Test(
    "The tasks that need data run", .needsData(DatasetCatalog.mnist, DatasetCatalog.citeseer),
    arguments: ["task image cnn", "task graph gat", "task autoencoder"])
  func tasks(_ name: String) {
    for finding in findings(name) { #expect(finding.violations == [], "\(finding.name)") }
  }

  @Test("A difference is a violation, and so is a gradient that is missing") func differences() {
    let (model, other) = (ToyModel(.oneHidden), ToyModel(.oneHidden, seed: 2))
    let (step, unlike) = (model.step(Self.method.make()), other.step(Self.method.make()))
    #expect(DeviceAgreement(step, with: step).violations(tolerance: 0) == [])
    #expect(DeviceAgreement(step, with: unlike).violations(tolerance: 1e-3).count == 1)
    let shallow = model.step(NamedMethod.all[1].make())
    #expect(DeviceAgreement(shallow, with: step).gradient == .infinity)
  }

  private static let method = NamedMethod.all[0]
}
