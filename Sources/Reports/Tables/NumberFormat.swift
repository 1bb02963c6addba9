import Foundation

/// Numbers as people read them, the same in every report, table and progress line. Numbers that are not
/// finite are written `nan`, `inf` and `-inf`.
public enum NumberFormat {
  /// `value` with four significant digits, all those before the point, and no trailing zeros: `0.4312`, `12`,
  /// `12346`, `1.5e-07`.
  public static func general(_ value: Double) -> String {
    abs(value) >= 1e4 && abs(value) < 1e9 ? fixed(value, decimals: 0) : format(value, "%.4g")
  }

  /// A place on an axis: all digits of a whole number, as of a step, and else as `general`: `1200000`,
  /// `0.25`.
  public static func place(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? fixed(value, decimals: 0) : general(value)
  }

  /// A mean and its standard deviation.
  ///
  /// - Parameters:
  ///   - mean: the mean.
  ///   - deviation: its standard deviation; left out of the text when nil, as for a single run.
  ///   - percent: when true both are shares of one, shown in percent with one decimal: `81.4 ± 0.6`. Else the
  ///     deviation is shown with two significant digits and the mean with as many decimals:
  ///     `0.8143 ± 0.0060`.
  public static func meanAndDeviation(
    _ mean: Double, _ deviation: Double? = nil, percent: Bool = false
  ) -> String {
    if percent {
      let shares = [mean] + (deviation.map { [$0] } ?? [])
      return shares.map { fixed(100 * $0, decimals: 1) }.joined(separator: " ± ")
    }
    guard let deviation else { return general(mean) }
    guard deviation.isFinite, deviation > 0 else { return "\(general(mean)) ± \(general(deviation))" }
    let decimals = min(max(1 - Int(log10(deviation).rounded(.down)), 0), 9)
    return "\(fixed(mean, decimals: decimals)) ± \(fixed(deviation, decimals: decimals))"
  }

  /// A length of time given in seconds: `412 µs`, `9.3 ms`, `1.2 s`, `3 min 05 s`, `2 h 07 min`.
  public static func seconds(_ seconds: Double) -> String {
    guard abs(seconds) < 1e12 else { return general(seconds) + " s" }
    guard seconds >= 0 else { return "-" + self.seconds(-seconds) }
    if seconds == 0 { return "0 s" }
    // Each bound is where rounding would show the next unit's first value.
    if seconds < 999.5e-6 { return short(seconds * 1e6) + " µs" }
    if seconds < 999.5e-3 { return short(seconds * 1e3) + " ms" }
    if seconds < 59.95 { return fixed(seconds, decimals: 1) + " s" }
    if seconds < 3599.5 { return parts(seconds, "min", "s") }
    return parts(seconds / 60, "h", "min")
  }

  /// A size given in bytes: `512 B`, `12.3 MiB`.
  public static func bytes(_ count: Int) -> String {
    guard count.magnitude >= 1024 else { return "\(count) B" }
    var size = Double(count) / 1024
    var units = ["KiB", "MiB", "GiB", "TiB", "PiB"][...]
    while abs(size) >= 1023.95, units.count > 1 {
      size /= 1024
      units.removeFirst()
    }
    return fixed(size, decimals: 1) + " " + units[units.startIndex]
  }

  /// How fast something goes: `118 steps/s`, and below one a second `3.2 s/step`; for bytes `12.3 MiB/s`.
  ///
  /// - Parameters:
  ///   - perSecond: how many a second.
  ///   - unit: the word for one of them, whose plural takes an s.
  public static func rate(_ perSecond: Double, unit: String) -> String {
    if unit == "byte", perSecond >= 0, perSecond < 1e18 { return bytes(Int(perSecond)) + "/s" }
    guard perSecond > 0, perSecond < 1 else { return "\(short(perSecond)) \(unit)s/s" }
    return "\(seconds(1 / perSecond))/\(unit)"
  }

  /// One decimal below 10, none from there on.
  private static func short(_ value: Double) -> String {
    fixed(value, decimals: value < 9.95 ? 1 : 0)
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    format(value, "%.\(decimals)f")
  }

  /// `value` in C's format; not-a-number without the sign that C gives to half of them.
  private static func format(_ value: Double, _ format: String) -> String {
    value.isNaN ? "nan" : String(format: format, value)
  }

  private static func parts(_ amount: Double, _ unit: String, _ part: String) -> String {
    let (whole, rest) = Int(amount.rounded()).quotientAndRemainder(dividingBy: 60)
    return "\(whole) \(unit) \(String(format: "%02d", rest)) \(part)"
  }
}
