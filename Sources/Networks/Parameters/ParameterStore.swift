import Basics
import Torch

/// Every parameter and buffer of a network, by path, in the order in which its layers asked for them.
///
/// Layers get their tensors from a ``Scope`` of the store; so nothing is missed by optimizers, checkpoints or
/// alignment.
public final class ParameterStore {
  /// What the first values are drawn from: together with a parameter's path, and nothing else. Networks of
  /// the same layers and seed start equal, whichever method trains them.
  public let seed: UInt64
  /// The device of the tensors.
  public let device: Device
  /// The trained tensors.
  public private(set) var parameters: [Parameter] = []
  /// The tensors that are kept but not trained, such as running statistics.
  public private(set) var buffers: [Parameter] = []
  /// How many samples a batch must have in training: 2 where a layer divides by their variance, else 1.
  public private(set) var fewestSamples = 1
  private var paths: Set<String> = []
  private var points: Set<String> = []
  private var outputs: Set<String> = []

  /// An empty store.
  public init(seed: UInt64, device: Device = .cpu) {
    self.seed = seed
    self.device = device
  }

  /// The scope of the whole network.
  public var root: Scope { Scope(store: self, path: "", group: nil, nameInPyTorch: "") }

  /// The number of trained numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }

  /// Parameters and buffers by path, for a checkpoint.
  public var tensors: [String: Tensor] {
    bringUpToDate()
    return Dictionary(uniqueKeysWithValues: (parameters + buffers).map { ($0.path, $0.tensor) })
  }

  /// Takes over the values of a checkpoint.
  /// - Throws: ``ParameterMismatch`` when paths, shapes or types differ, or a value is not finite; then
  ///   nothing changed.
  public func load(_ tensors: [String: Tensor]) throws {
    for own in parameters + buffers {
      guard let other = tensors[own.path] else { throw ParameterMismatch.missing(own.path) }
      guard other.shape == own.tensor.shape, other.dtype == own.tensor.dtype else {
        throw ParameterMismatch.shape(
          own.path, expected: "\(own.tensor.shape) \(own.tensor.dtype)",
          found: "\(other.shape) \(other.dtype)")
      }
      guard !other.dtype.isFloatingPoint || other.isAllFinite else {
        throw ParameterMismatch.notFinite(own.path)
      }
    }
    if let surplus = tensors.keys.filter({ !paths.contains($0) }).min() {
      throw ParameterMismatch.surplus(surplus)
    }
    bringUpToDate()
    for own in parameters + buffers { tensors[own.path].map(own.tensor.copy(from:)) }
  }

  /// Makes the steps that an optimizer has put off for rows of tables.
  func bringUpToDate() { for parameter in parameters { parameter.rows?.willRead(nil) } }

  /// Notes that a layer cannot be trained on batches of fewer samples.
  func needSamples(_ count: Int) { fewestSamples = max(fewestSamples, count) }

  /// Notes that a feedback point ends a layer at `path`.
  func addPoint(_ path: String) {
    require(
      points.insert(path).inserted,
      "two feedback points have the path '\(path)'; give each its own scope, and make it once, with its network"
    )
  }

  /// Notes that the error is read at `path`.
  func addOutput(_ path: String) {
    require(
      outputs.insert(path).inserted,
      "two feedback outputs have the path '\(path)'; give each its own scope, and make it once, with its network"
    )
  }

  func add(
    _ path: String, shape: [Int], _ initializer: Initializer, in scope: Scope, trained: Bool,
    pyTorch: PyTorchLayout?, isTable: Bool = false
  ) -> Parameter {
    require(
      paths.insert(path).inserted, "two parameters have the path '\(path)'; give each layer its own scope")
    let generator = RandomGenerator(seed: derivedSeed(seed, path))
    let value = initializer.tensor(shape, generator).to(device)
    let parameter = Parameter(
      path: path, tensor: value.requiringGradient(trained), group: scope.group,
      layerInPyTorch: scope.nameInPyTorch, pyTorch: pyTorch, isTable: isTable)
    if trained { parameters.append(parameter) } else { buffers.append(parameter) }
    return parameter
  }
}

/// Values that are not those of this network.
public enum ParameterMismatch: ReportableError, Equatable {
  /// The network has this parameter, the values do not.
  case missing(String)
  /// The values have this entry, the network does not.
  case surplus(String)
  /// Both have it, in different shapes.
  case shape(String, expected: String, found: String)
  /// The value holds NaN or infinity.
  case notFinite(String)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// The first difference.
  public var description: String {
    switch self {
    case .missing(let path): "has no '\(path)', which this network needs; it is of another network"
    case .surplus(let path): "has '\(path)', which this network does not have; it is of another network"
    case .shape(let path, let expected, let found):
      "has '\(path)' of shape \(found) where this network has \(expected); it is of another network"
    case .notFinite(let path): "has NaN or infinity in '\(path)'"
    }
  }
}
