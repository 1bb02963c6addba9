import Basics
import CTorch

/// Where a tensor's memory lies and its operations run.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// The CUDA device of this index.
  case cuda(Int)

  /// A device by its name: `cpu`, `cuda`, `cuda:1`, or `auto` for CUDA where there is one, else the CPU.
  /// - Throws: ``DeviceError`` when the name means nothing or the device is not on this machine.
  public init(named name: String) throws {
    switch name {
    case "auto": self = Device.cudaDeviceCount > 0 ? .cuda(0) : .cpu
    case "cpu": self = .cpu
    default:
      let parts = name.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.first == "cuda", parts.count <= 2, parts.last?.contains("+") != true,
        let index = parts.count == 2 ? Int(parts[1]) : 0, index >= 0
      else {
        throw DeviceError.unknown(name)
      }
      guard index < Device.cudaDeviceCount else {
        throw DeviceError.absent(name, available: Device.cudaDeviceCount)
      }
      self = .cuda(index)
    }
  }

  /// How many CUDA devices LibTorch can use; 0 where `libtorch_cuda` or a driver is missing.
  public static var cudaDeviceCount: Int {
    LibTorch.initialize()
    return Int(ctorch_cuda_device_count())
  }

  /// `cpu`, or `cuda:` and the index.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }

  /// Waits until the work queued on the device is done.
  public func synchronize() {
    if !ctorch_synchronize(handle) { fail("synchronize", LibTorch.lastError) }
  }

  /// Bytes of the tensors alive on the device.
  public var allocatedBytes: Int { Int(ctorch_allocated_bytes(handle)) }

  /// Peak memory: the maximum of bytes of tensors alive on the device since ``resetPeakBytes()``.
  public var peakBytes: Int { Int(ctorch_peak_bytes(handle)) }

  /// Starts ``peakBytes`` again at what is alive now.
  public func resetPeakBytes() { ctorch_reset_peak_bytes(handle) }

  var handle: CTorchDevice {
    switch self {
    case .cpu: CTorchDevice(kind: 0, index: 0)
    case .cuda(let index): CTorchDevice(kind: 1, index: Int8(index))
    }
  }

  init(_ handle: CTorchDevice) { self = handle.kind == 1 ? .cuda(Int(handle.index)) : .cpu }
}

/// A device that cannot be had.
public enum DeviceError: ReportableError, Equatable {
  /// The name is none of `auto`, `cpu`, `cuda` and `cuda:N`.
  case unknown(String)
  /// CUDA, or that many CUDA devices, are not on this machine.
  case absent(String, available: Int)

  /// `ExitCode.usage`.
  public var exitCode: Int32 { ExitCode.usage }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unknown(let name): "device '\(name)' is unknown; use auto, cpu, cuda or cuda:N"
    case .absent(let name, available: 0):
      "device '\(name)' is not available: LibTorch finds no CUDA device; use --device cpu, or run \"dfa doctor\" to see why"
    case .absent(let name, let available):
      "device '\(name)' is not available: this machine has cuda:0 to cuda:\(available - 1)"
    }
  }
}
