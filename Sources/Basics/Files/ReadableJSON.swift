import Foundation

/// A value as indented JSON with sorted keys, so that equal values give equal text. Numbers that JSON has no word for are
/// the strings `"nan"`, `"inf"` and `"-inf"`.
/// - Throws: `EncodingError` when the value cannot be encoded.
public func readableJSON(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
