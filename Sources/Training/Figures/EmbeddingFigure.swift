import Basics
import Foundation
import Reports
import Torch

/// Embedded runs side by side, as page, pictures and points.
public struct EmbeddingFigure {
  /// The page's title.
  public let title: String
  /// The panels.
  public let runs: [EmbeddedRun]
  /// How the rows were embedded.
  public let settings: TSNE

  /// A figure of runs that were embedded with these settings.
  public init(title: String, runs: [EmbeddedRun], settings: TSNE) {
    (self.title, self.runs, self.settings) = (title, runs, settings)
  }

  /// A row for each run.
  public var table: Table {
    Table(
      columns: [
        TableColumn("run"), TableColumn("point"), TableColumn("rows", .right), TableColumn("width", .right),
        TableColumn("divergence", .right), TableColumn("trustworthiness", .right),
        TableColumn("\(EmbeddedRun.votingNeighbours)-neighbour accuracy (%)", .right),
        TableColumn(metrics.count == 1 ? metrics.first ?? "" : "test", .right),
        TableColumn("time", .right),
      ],
      rows: runs.map { run in
        [
          run.name, run.point, "\(run.rows)", "\(run.width)", String(format: "%.3f", run.divergence),
          String(format: "%.4f", run.trustworthiness),
          NumberFormat.meanAndDeviation(run.neighbourAccuracy, percent: true),
          run.metrics?[run.metric.name(on: .test)].map {
            NumberFormat.meanAndDeviation($0, percent: run.metric.isFraction)
          } ?? "–",
          NumberFormat.seconds(run.seconds),
        ]
      })
  }

  private var metrics: Set<String> { Set(runs.map { $0.metric.title(on: .test) }) }

  /// Writes the page, the pictures and the points into a folder, as `name.html`, `.svg`, `.png` and `.csv`.
  /// - Parameters:
  ///   - folder: The folder, which must exist.
  ///   - name: The files' name without extension.
  ///   - plotly: The script that draws the page's charts; without it the page has their numbers alone.
  ///   - withActivations: Whether the activations and classes are written too, as `name.safetensors`.
  /// - Returns: The paths of the files by what they hold.
  /// - Throws: `FileError`.
  public func write(
    to folder: URL, named name: String, plotly: URL?, withActivations: Bool = false
  ) throws -> [String: String] {
    let chart = ScatterChart(title: "Activations of each row, by class", panels: runs.map(\.panel))
    var files = [
      "html": try Data(page(chart, plotly: plotly).html().utf8), "svg": Data(chart.svg.utf8),
      "png": try chart.png(), "csv": Data(points.utf8),
    ]
    if withActivations { files["safetensors"] = activations.data() }
    return try files.reduce(into: [:]) { paths, file in
      let url = folder.appendingPathComponent("\(name).\(file.key)")
      try AtomicFile.write(file.value, to: url)
      paths[file.key] = url.path
    }
  }

  private func page(_ chart: ScatterChart, plotly: URL?) -> ReportDocument {
    var report = ReportDocument(title: title, plotly: plotly)
    report.paragraph(
      "Each point is a row, such as a node or an image, as the network has it at a feedback point; points near each other stand for "
        + "activations near each other. Distances between groups mean nothing, nor do directions.")
    report.table(table)
    report.chart(chart)
    report.paragraph(
      "Trustworthiness: how far the \(EmbeddedRun.trustedNeighbours) nearest points are also nearest in activations; 1 is best, 0.5 is "
        + "chance. Neighbour accuracy: the share of points whose class is the most frequent of the \(EmbeddedRun.votingNeighbours) "
        + "nearest others.")
    report.keyValues(Provenance.current.facts)
    report.keyValues([
      ("perplexity", NumberFormat.general(settings.perplexity)),
      ("learning rate", NumberFormat.general(settings.learningRate)),
      ("iterations", "\(settings.iterations)"), ("start", settings.start.rawValue),
      ("seed", "\(settings.seed)"),
    ])
    return report
  }

  /// The points as comma-separated values; panels are numbered from 1.
  private var points: String {
    let lines = runs.enumerated().flatMap { number, run in
      run.classes.indices.map { row in
        "\(run.embedding.x[row]),\(run.embedding.y[row]),\(run.classes[row]),\(number + 1)"
      }
    }
    return (["x,y,label,panel"] + lines).joined(separator: "\n") + "\n"
  }

  /// What was embedded: `1/activations` and `1/classes` of the first panel, and so on.
  private var activations: SafeTensors {
    SafeTensors(
      tensors: runs.enumerated().reduce(into: [:]) { tensors, run in
        tensors["\(run.offset + 1)/activations"] = run.element.activations.rows
        tensors["\(run.offset + 1)/classes"] = run.element.activations.classes
      })
  }
}
