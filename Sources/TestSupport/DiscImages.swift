import Foundation
import Reports

/// Folders of images that are easily told apart: discs of two colours, to train on and to test.
package enum DiscImages {
  /// Writes `train` and `val`, each with `blue` and `red`, of 12 and of 3 images each, of 40 to 51 by 44 pixels.
  package static func write(to folder: URL) throws {
    for (part, count) in [("train", 12), ("val", 3)] {
      for (name, color) in [("blue", (20, 30, 220)), ("red", (210, 20, 40))] {
        let place = folder.appendingPathComponent("\(part)/\(name)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for number in 0..<count {
          var image = RasterImage(width: 40 + number, height: 44)
          image.drawDisc(x: 20 + Double(number), y: 20, radius: 15, color: color)
          try image.png().write(to: place.appendingPathComponent("\(number).png"))
        }
      }
    }
  }
}
