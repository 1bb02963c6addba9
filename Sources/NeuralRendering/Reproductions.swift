import FeedbackAlignment
import Training

extension NeuralRendering {
  /// The tables and the figure of the 2020 paper on radiance fields, by the protocol that the paper describes: its published code
  /// trained smaller networks, evaluated with the jitter and noise of training, and tested on other views.
  static let reproductions: [Reproduction] = [results, scenes, tiny]

  private static let columns = [
    (title: "published networks", synthetic: "nerf-published", real: "nerf-fern-published"),
    (title: "networks of the paper", synthetic: "nerf", real: "nerf-fern"),
  ]

  private static let processor = "4 layers of 128, for a processor"

  /// The peak signal-to-noise ratios of a scene or set in the paper, in dB.
  private static func paper(_ bp: Double, _ dfa: Double) -> [MethodName: Double] { [.bp: bp, .dfa: dfa] }

  private static let results = Reproduction(
    "table1", title: "Test PSNR (dB) of radiance fields; the paper's figures are means over scenes",
    source: "Launay et al. 2020, table 1", rowTitle: "scene", columnTitle: "networks",
    cells: columns.flatMap { column in
      [
        cell("NeRF-Synthetic (Lego)", column.title, column.synthetic, paper(31.01, 25.41)),
        cell("LLFF-Real (Fern)", column.title, column.real, paper(26.50, 20.77)),
      ]
    }
      + [
        ("Lego at 100 x 100", [], MethodName.launay2020 + [.ridge]),
        ("Lego at 100 x 100 (feedback at every layer)", ["feedback.level=layer"], [.dfa]),
        ("Lego at 100 x 100 (DFA for as long as BP)", ["training.steps=22000"], [.dfa]),
      ].map { row, settings, methods in
        cell(row, processor, "nerf-lego-100", [:], methods, settings: settings)
      }
      + [
        cell(
          "Lego at 100 x 100 (occupancy grid)", processor, "nerf-lego-100-grid", [:],
          MethodName.launay2020 + [.ridge]),
        cell(
          "Lego at 100 x 100 (occupancy grid; 8 layers of 256)", "8 layers of 256, for a processor",
          "nerf-lego-100-grid-wide", [:],
          MethodName.launay2020 + [.ridge]),
      ])

  private static let scenes = Reproduction(
    "tableA5", title: "Test PSNR (dB) of radiance fields, scene by scene",
    source: "Launay et al. 2020, table A.5", rowTitle: "scene", columnTitle: "networks",
    cells: synthetic.flatMap { scene in
      columns.map { column in
        cell(
          scene.title, column.title, column.synthetic, paper(scene.bp, scene.dfa),
          settings: ["scene=nerf_synthetic/\(scene.title.lowercased())"])
      }
    }
      + real.flatMap { scene in
        columns.map { column in
          cell(
            scene.title, column.title, column.real, paper(scene.bp, scene.dfa),
            settings: ["scene=nerf_llff_data/\(scene.title.lowercased().filter { $0 != "-" })"])
        }
      })

  private static let synthetic: [(title: String, bp: Double, dfa: Double)] = [
    ("Chair", 33.00, 28.74), ("Drums", 25.01, 22.15), ("Ficus", 30.13, 25.61), ("Hotdog", 36.18, 28.03),
    ("Lego", 32.54, 24.93), ("Materials", 29.62, 25.15), ("Mic", 32.91, 25.43), ("Ship", 28.65, 23.25),
  ]
  private static let real: [(title: String, bp: Double, dfa: Double)] = [
    ("Room", 32.70, 24.20), ("Fern", 25.17, 21.82), ("Leaves", 20.92, 16.50), ("Fortress", 31.16, 25.16),
    ("Orchids", 20.36, 16.73), ("Flower", 27.40, 21.55), ("T-Rex", 26.80, 19.43), ("Horns", 27.45, 20.75),
  ]

  private static let tiny = Reproduction(
    "figureA1", title: "Test PSNR (dB) of NeRF-Tiny, of which the paper shows renders",
    source: "Launay et al. 2020, figure A.1", rowTitle: "network", columnTitle: "scene",
    cells: [cell("2 layers of 128", "Lego at 100 x 100", "nerf-tiny", [:], MethodName.launay2020)])

  private static func cell(
    _ row: String, _ column: String, _ preset: String, _ paper: [MethodName: Double],
    _ methods: [MethodName]? = nil, settings: [String] = []
  ) -> ReproductionCell {
    ReproductionCell(
      row: row, column: column, task: RadianceFieldTask.self, preset: preset,
      settings: settings, quantity: .test(.peakSignalToNoiseRatio), paper: paper,
      methods: methods)
  }
}
