/// The colours of Okabe and Ito (2008), which people with any kind of colour blindness can tell apart. Black,
/// which a dark page would hide, is left out, and yellow, which a white page nearly hides, comes last.
enum Palette {
  private static let colors: [(red: Int, green: Int, blue: Int)] = [
    (0, 114, 178), (213, 94, 0), (0, 158, 115), (230, 159, 0), (204, 121, 167), (86, 180, 233),
    (240, 228, 66),
  ]

  private static let dashes = ["solid", "dash", "dot", "dashdot"]

  /// How many colours there are.
  static let count = colors.count

  /// The red, green and blue, of 255, of the series at `index`, from the beginning again when all are used.
  static func components(_ index: Int) -> (red: Int, green: Int, blue: Int) { colors[index % colors.count] }

  /// The colour of the series at `index`, from the beginning again when all are used.
  static func color(_ index: Int, opacity: Double = 1) -> JSONValue {
    let (red, green, blue) = components(index)
    return .string("rgba(\(red),\(green),\(blue),\(opacity))")
  }

  /// The line style of the series at `index`: another one each time the colours begin again.
  static func dash(_ index: Int) -> JSONValue {
    .string(dashes[index / colors.count % dashes.count])
  }
}
