import DirectFeedback
import TestSupport

/// A check of what a device computes: what the tests hold against the CPU, held against the device, and its first steps
/// beside the CPU's.
package struct DeviceCheck: Sendable {
  /// What is found.
  package struct Finding: Encodable, Sendable {
    /// The check.
    package let name: String
    /// What is wrong, one line each; empty when all is well.
    package let violations: [String]
    /// The largest difference from the CPU; nil where nothing was compared.
    package let agreement: DeviceAgreement?
    /// How long it took.
    package let seconds: Double
  }

  /// The largest relative difference of losses and gradients in float32 that the order of sums explains: several times what
  /// the deepest of the networks, VGG-16 with thirteen convolutions, makes of it. Float32 and float64 differ there by 2e-5 at
  /// most, on the CPU as on an H200, and TF32 by 1e-3 at least (six draws of weights and images, channels first).
  package static let tolerance = 1e-4

  /// The first word tells the group, by which `--only` chooses.
  package let name: String
  private let run: @Sendable (Device) throws -> ([String], DeviceAgreement?)

  private init(
    _ name: String, run: @escaping @Sendable (Device) throws -> ([String], DeviceAgreement?)
  ) {
    self.name = name
    self.run = run
  }

  /// Runs the check. An operation that the device refuses is a violation, not an end.
  package func finding(on device: Device) -> Finding {
    let stopwatch = Stopwatch()
    var (violations, agreement): ([String], DeviceAgreement?)
    do {
      (violations, agreement) = try withTorchErrors { try run(device) }
    } catch {
      (violations, agreement) = (["\(error)"], nil)
    }
    return Finding(
      name: name, violations: violations, agreement: agreement,
      seconds: stopwatch.seconds)
  }

  /// A training method on every toy network.
  static func method(_ method: NamedMethod) -> DeviceCheck {
    DeviceCheck("method \(method)") { device in
      var (violations, worst): ([String], DeviceAgreement?) = ([], nil)
      for network in ToyNetwork.all {
        let agreement = DeviceAgreement.of(network, on: device, method.make)
        if agreement.skipped == nil { worst = worst?.worse(agreement) ?? agreement }
        let found =
          checkMethod(network, on: device, trainsBelowPoints: method.trainsBelowPoints, method.make)
          + agreement.violations(tolerance: tolerance)
        violations += found.map { "\(network): \($0)" }
      }
      return (violations, worst)
    }
  }

  /// A task by every method. For the comparison nothing is dropped, so that nothing is drawn on the device.
  /// - Parameters:
  ///   - name: The task or its network.
  ///   - assignments: `key=value` that override the preset `debug`, found when the check runs.
  ///   - dropouts: The keys of probabilities of dropout.
  static func task<Task: TrainingTask>(
    _ name: String, _ task: Task.Type, dropouts: [String] = [], steps: Int = 5,
    assignments: @escaping @Sendable () throws -> [String] = { [] }
  ) -> DeviceCheck {
    DeviceCheck("task \(name)") { device in
      let assignments = try assignments()
      var violations = try checkTask(task, assignments: assignments, device: device, steps: steps)
      var worst: DeviceAgreement?
      for method in MethodName.allCases {
        let (agreement, isRepeatable) = try DeviceAgreement.of(
          task, assignments: assignments + dropouts.map { $0 + "=0" }, method: method, on: device)
        if !isRepeatable { violations.append("\(method.rawValue): two first steps of one seed differ") }
        if agreement.skipped == nil { worst = worst?.worse(agreement) ?? agreement }
        violations += agreement.violations(tolerance: tolerance).map { "\(method.rawValue): \($0)" }
      }
      return (violations, worst)
    }
  }
}
