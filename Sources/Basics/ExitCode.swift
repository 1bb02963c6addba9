/// What the process of a command ends with when it fails.
public enum ExitCode {
  /// Anything but the others, such as training that diverged.
  public static let failure: Int32 = 1
  /// The command line or the configuration is wrong (`EX_USAGE` of `sysexits.h`).
  public static let usage: Int32 = 64
  /// Data are missing, damaged or cannot be written (`EX_DATAERR`).
  public static let data: Int32 = 65
}
