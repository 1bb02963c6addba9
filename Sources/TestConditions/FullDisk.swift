import Foundation
import Testing

/// Ways to have no room left.
package enum FullDisk {
  /// A device on which every write fails, as on a full disk.
  package static let device = URL(fileURLWithPath: "/dev/full")

  /// Whether this system has that device.
  package static var isThere: Bool { FileManager.default.fileExists(atPath: device.path) }

  /// Lets no file of this process grow beyond `byteCount`, which stands for a disk that is full half-way.
  package static func limitFiles(to byteCount: Int) throws {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: rlim_t(byteCount), rlim_max: rlim_t(byteCount))
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
      let resource = RLIMIT_FSIZE
    #endif
    try #require(setrlimit(resource, &limit) == 0)
  }
}
