import Basics
import Foundation

/// Makes a file of rows out of others, which are read in one stream.
protocol RowDerivation: Sendable {
  /// What it reads.
  var inputs: [URL] { get }
  /// Tells what it does from what others do, in the digest.
  var identity: String { get }
  /// Writes the rows.
  /// - Parameter seed: What is drawn is drawn from it.
  /// - Returns: Lines that gave no row.
  func write(to file: OutputFile, seed: UInt64) throws -> [LineFault: Int]
}
