import CTorch
import Foundation

/// The LibTorch in this process: its version and its threads.
public enum LibTorch {
  /// LibTorch's version, such as `2.13.0`.
  public static var version: String { String(cString: ctorch_version()) }

  /// The vector instructions that LibTorch uses on this processor, such as `AVX512`.
  public static var cpuCapability: String { String(cString: ctorch_cpu_capability()) }

  /// Threads that one operation may use on the CPU.
  public static var threadCount: Int {
    get { Int(ctorch_thread_count()) }
    set { ctorch_set_thread_count(Int32(newValue)) }
  }

  /// How many of those threads this package's own kernels get: all, or one where LibTorch has brought another library of threads
  /// than GCC's OpenMP.
  package static var kernelThreadCount: Int { Int(ctorch_kernel_thread_count()) }

  /// Has threads of an operation that wait for each other give the processor back within microseconds. To be called first of
  /// all in a program, which is started again by it, once, with the same arguments (`exec`).
  ///
  /// LibTorch's OpenMP library has them spin for 3 ms unless the environment says otherwise when a program is loaded: beside
  /// other processes, which have taken a core from one of them, steps become many times slower. Here `GOMP_SPINCOUNT` becomes
  /// 1000. Does nothing where `GOMP_SPINCOUNT` or `OMP_WAIT_POLICY` is set, or `OMP_NUM_THREADS` is 1; where the program cannot
  /// be started again it goes on as it is.
  public static func limitSpinning() {
    let environment = ProcessInfo.processInfo.environment
    guard environment["GOMP_SPINCOUNT"] == nil, environment["OMP_WAIT_POLICY"] == nil,
      environment["OMP_NUM_THREADS"] != "1",
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return }
    setenv("GOMP_SPINCOUNT", "1000", 1)
    execv(program, CommandLine.unsafeArgv)
  }

  /// The most threads that are of any use; LibTorch ends the process when the system cannot start them all.
  package static let maximumThreadCount = 1_024

  /// Loads `libtorch_cuda` where it is, and starts counting memory; done once, before the first tensor.
  static func initialize() { _ = initialized }
  private static let initialized: Void = ctorch_initialize()

  static var lastError: String { String(cString: ctorch_last_error()) }
}
