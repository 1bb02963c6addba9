import Foundation

/// A value as JSON text with sorted keys, without what a clock, or the state of the process's memory, decides.
package func timeless(_ value: some Encodable) throws -> String { try timeless(JSONEncoder().encode(value)) }

/// The same of JSON text.
package func timeless(_ json: Data) throws -> String {
  func strip(_ object: Any) -> Any {
    if let table = object as? [String: Any] {
      return table.filter {
        !["seconds", "secondsPerStep", "peakBytes", "metricsByteCount", "eventsByteCounts"].contains($0.key)
      }.mapValues(strip)
    }
    return (object as? [Any])?.map(strip) ?? object
  }
  return String(
    decoding: try JSONSerialization.data(
      withJSONObject: strip(try JSONSerialization.jsonObject(with: json)), options: .sortedKeys),
    as: UTF8.self)
}

/// The lines of a file of JSON lines, likewise.
package func timelessLines(_ file: URL) throws -> [String] {
  try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { try timeless($0) }
}
