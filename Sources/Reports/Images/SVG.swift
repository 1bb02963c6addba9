import Foundation

/// What still pictures are written with.
enum SVG {
  /// A text at a place of a picture.
  /// - Parameter turn: Degrees by which the text is turned around that place, clockwise.
  static func text(_ words: String, x: Double, y: Double, anchor: String, turn: Double = 0) -> String {
    let turned = turn == 0 ? "" : #" transform="rotate(\#(number(turn)) \#(number(x)) \#(number(y)))""#
    return
      #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)"\#(turned)>\#(words.htmlEscaped)</text>"#
  }

  /// A line from one place to another.
  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String = "") -> String {
    #"<line x1="\#(number(x1))" y1="\#(number(y1))" x2="\#(number(x2))" y2="\#(number(y2))"\#(style)/>"#
  }

  /// Places one after the other, as `points` has them.
  static func points(_ places: [(x: Double, y: Double)]) -> String {
    places.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  /// The colour of a series, for an attribute.
  static func color(_ index: Int) -> String {
    let (red, green, blue) = Palette.components(index)
    return "rgb(\(red),\(green),\(blue))"
  }

  /// With at most two decimals.
  static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
  }
}
