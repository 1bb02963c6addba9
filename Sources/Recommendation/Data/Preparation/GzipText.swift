import Basics
import Datasets
import Foundation

/// The text of a file that is compressed by gzip, in a file of its own while it is worked on, so that several threads
/// can read it at several places and work goes on where it stopped.
struct GzipText: RowDerivation {
  let url: URL
  var inputs: [URL] { [url] }
  var identity: String { "gzip" }

  func write(to file: OutputFile, seed: UInt64) throws -> [LineFault: Int] {
    try Gzip.inflate(fileAt: url) { try file.append(Data($0)) }
    return [:]
  }
}
