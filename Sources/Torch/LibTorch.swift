import CTorch

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

  /// Whether threads of an operation that wait for each other give the processor back soon.
  ///
  /// By itself LibTorch's OpenMP library has them spin for 3 ms, which makes steps many times slower beside other processes. The
  /// environment's `GOMP_SPINCOUNT` or `OMP_WAIT_POLICY` decides instead, where there is one.
  public static var spinsShortly: Bool {
    initialize()
    return ctorch_spins_shortly()
  }

  /// The most threads that are of any use; LibTorch ends the process when the system cannot start them all.
  package static let maximumThreadCount = 1_024

  /// Loads `libtorch_cuda` where it is, and starts counting memory; done once, before the first tensor.
  static func initialize() { _ = initialized }
  private static let initialized: Void = ctorch_initialize()

  static var lastError: String { String(cString: ctorch_last_error()) }
}
