import DirectFeedback

/// The rows of a run at a feedback point, laid out in the plane.
struct EmbeddedRun: Encodable {
  /// How many neighbours trustworthiness asks for.
  static let trustedNeighbours = 12
  /// How many neighbours vote on a point's class.
  static let votingNeighbours = 10

  let run: String
  let name: String
  let point: String
  let rows: Int
  let width: Int
  /// The Kullback-Leibler divergence of the embedding.
  let divergence: Double
  let trustworthiness: Double
  /// The share of points whose nearest others have their class.
  let neighbourAccuracy: Double
  /// Those of the weights whose activations these are; nil when they were not evaluated.
  let metrics: [String: Double]?
  let metric: Metric
  let seconds: Double
  let embedding: PlaneEmbedding
  let classes: [Int]
  let activations: PointActivations

  /// Embeds the rows of a run.
  /// - Throws: What loading the run throws, `ConfigurationError`, `EmbeddingError`.
  init(
    _ folder: RunFolder, at point: String?, weights: RunOptions.Weights, _ machine: MachineOptions,
    _ settings: TSNE
  ) throws {
    let task = try TaskLookup.task(of: folder)
    guard let task = task as? any EmbeddableTask.Type else {
      throw ConfigurationError.value(
        key: folder.url.path, reason: "task '\(task.name)' knows no classes of rows, to colour them by")
    }
    activations = try Self.activations(task, folder, at: point, weights, machine)
    run = folder.url.path
    name = try folder.header().title
    metrics = try folder.metrics(of: weights)
    metric = task.primaryMetric
    self.point = activations.point
    rows = activations.rows.shape[0]
    width = activations.rows.shape[1]
    classes = activations.classes.scalars(Int64.self).map { Int($0) }
    let stopwatch = Stopwatch()
    let rows = try EmbeddingRows(activations.rows.scalars(), width: width)
    let bar = ProgressBar(label: "t-SNE of \(name)", total: settings.iterations, unit: "iteration")
    embedding = try settings.embed(rows) { bar.update($0) }
    seconds = stopwatch.seconds
    bar.finish()
    divergence = embedding.divergence
    trustworthiness = try embedding.trustworthiness(of: rows, neighbours: Self.trustedNeighbours)
    neighbourAccuracy = try embedding.neighbourVoteAccuracy(of: classes, neighbours: Self.votingNeighbours)
  }

  private static func activations<Task: EmbeddableTask>(
    _ task: Task.Type, _ folder: RunFolder, at point: String?, _ weights: RunOptions.Weights,
    _ machine: MachineOptions
  ) throws -> PointActivations {
    try folder.trainer(task, weights: weights, machine).activations(at: point)
  }

  /// The points by class.
  var panel: ScatterPanel {
    ScatterPanel(
      title: name,
      series: Set(classes).sorted().map { label in
        let members = classes.indices.filter { classes[$0] == label }
        return ScatterSeries(
          name: "class \(label)", x: members.map { embedding.x[$0] }, y: members.map { embedding.y[$0] })
      })
  }

  private enum CodingKeys: CodingKey {
    case run, name, point, rows, width, divergence, trustworthiness, neighbourAccuracy, metrics, seconds
  }
}

extension RunFolder {
  /// What the weights reached when they were evaluated in training; nil when they were not.
  fileprivate func metrics(of weights: RunOptions.Weights) throws -> [String: Double]? {
    switch weights {
    case .best: return try Checkpoint(contentsOf: bestCheckpoint).progress.best?.metrics
    case .last:
      let progress = try Checkpoint(contentsOf: lastCheckpoint).progress
      return progress.last?.step == progress.step ? progress.last?.metrics : nil
    }
  }
}
