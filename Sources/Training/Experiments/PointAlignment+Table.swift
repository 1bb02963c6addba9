import FeedbackAlignment
import Foundation
import Reports

extension [PointAlignment] {
  /// A row for each point: mean and deviation of the cosine over rows, the rows, and those left out.
  public var table: Table {
    Table(
      columns: [
        TableColumn("point"), TableColumn("alignment", .right), TableColumn("std over rows", .right),
        TableColumn("rows", .right), TableColumn("without signal", .right),
      ],
      rows: map { point in
        [
          point.point, point.mean.map { String(format: "%.3f", $0) } ?? "–",
          point.std.map { String(format: "%.3f", $0) } ?? "–", "\(point.rows)", "\(point.skipped)",
        ]
      })
  }
}
