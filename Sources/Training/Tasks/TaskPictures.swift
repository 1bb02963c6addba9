import Basics
import Foundation
import Reports

/// What a task shows of its network: pictures of one thing.
public struct TaskPictures: Equatable, Sendable {
  /// What they are of, such as a view of a scene; runs whose pictures are of the same thing are shown side by side.
  public let subject: String
  /// What the network should show, the same for every run; nil where nothing says.
  public let expected: ReportPicture?
  /// What it shows: first the picture that stands for the run beside others, then more that one may want to see.
  public let shown: [ReportPicture]

  /// Pictures.
  /// - Parameters:
  ///   - subject: What they are of.
  ///   - expected: What the network should show.
  ///   - shown: What it shows; at least one picture. Titles are different, for files are named after them.
  public init(of subject: String, expected: ReportPicture?, shown: [ReportPicture]) {
    require(!shown.isEmpty, "pictures of \(subject): there are none")
    let titles = ([expected].compactMap(\.self) + shown).map(\.title)
    require(Set(titles).count == titles.count, "pictures of \(subject): two have the same title in \(titles)")
    (self.subject, self.expected, self.shown) = (subject, expected, shown)
  }
}

extension ReportDocument {
  /// Adds the pictures of runs: all of a single one; of several that of each beside those of the same thing.
  /// - Parameter runs: The runs by what they are called, in order.
  mutating func pictures(_ runs: [(name: String, pictures: TaskPictures)]) {
    if let (_, pictures) = runs.first, runs.count == 1 {
      self.pictures([pictures.expected].compactMap(\.self) + pictures.shown, caption: pictures.subject)
      return
    }
    var rest = runs
    while let first = rest.first?.pictures {
      func isBeside(_ other: TaskPictures) -> Bool {
        other.subject == first.subject && other.expected == first.expected
      }
      let shown = rest.filter { isBeside($0.pictures) }.map { $0.pictures.shown[0].titled($0.name) }
      pictures([first.expected].compactMap(\.self) + shown, caption: first.subject)
      rest.removeAll { isBeside($0.pictures) }
    }
  }
}
