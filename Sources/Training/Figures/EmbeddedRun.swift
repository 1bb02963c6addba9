import Basics
import Datasets
import Reports
import Torch

/// The rows of a run at a feedback point, embedded in the plane by t-SNE.
public struct EmbeddedRun: Encodable {
  /// How many neighbours trustworthiness asks for, where there are more than twice as many rows; else as many as it can.
  public static let trustedNeighbours = 12
  /// How many neighbours vote on a point's class.
  public static let votingNeighbours = 10

  /// The path of the run's folder.
  public let run: String
  /// What the run is called beside others.
  public let name: String
  /// The path of the feedback point.
  public let point: String
  /// Embedded rows.
  public let rows: Int
  /// Activations of a row.
  public let width: Int
  /// The Kullback-Leibler divergence of the embedding.
  public let divergence: Double
  /// How far the nearest ``trustedNeighbours`` of a point are also the nearest of its row (Venna and Kaski 2001); at most 1,
  /// 0.5 by chance.
  public let trustworthiness: Double
  /// The share of points whose class is the most frequent of their ``votingNeighbours`` nearest others.
  public let neighbourAccuracy: Double
  /// Those of the weights whose activations these are; nil when they were not evaluated.
  public let metrics: [String: Double]?
  /// The task's metric that is reported first.
  public let metric: Metric
  /// How long the embedding took.
  public let seconds: Double
  /// Where the points are.
  public let embedding: PlaneEmbedding
  /// The class of each row.
  public let classes: [Int]
  /// What the classes are called, in their order; nil where nobody says.
  public let classNames: [String]?
  /// What was embedded.
  public let activations: PointActivations

  /// Embeds the rows of a run.
  /// - Parameters:
  ///   - folder: The run.
  ///   - task: Its task, which must be an ``EmbeddableTask``.
  ///   - point: The path of the feedback point; the last one below the output when nil.
  ///   - weights: Which weights.
  ///   - settings: How the rows are embedded.
  ///   - device: Where the network runs.
  ///   - datasets: Where data sets are.
  ///   - showsProgress: Whether a bar of the iterations goes to standard error.
  /// - Throws: What loading the run throws, ``ConfigurationError``, `EmbeddingError`.
  public init(
    _ folder: RunFolder, of task: any TrainingTask.Type, at point: String? = nil, weights: RunWeights = .best,
    _ settings: TSNE, device: Device = .cpu, datasets: DatasetStore = DatasetStore(),
    showsProgress: Bool = false
  ) throws {
    guard let task = task as? any EmbeddableTask.Type else {
      throw ConfigurationError.value(
        key: folder.url.path, reason: "task '\(task.name)' knows no classes of rows, to colour them by")
    }
    activations = try Self.activations(task, folder, at: point, weights, device, datasets)
    classNames = try Self.classNames(task, folder)
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
    let bar =
      showsProgress
      ? ProgressBar(label: "t-SNE of \(name)", total: settings.iterations, unit: "iteration") : nil
    embedding = try settings.embed(rows) { bar?.update($0) }
    seconds = stopwatch.seconds
    bar?.finish()
    divergence = embedding.divergence
    trustworthiness = try embedding.trustworthiness(
      of: rows, neighbours: min(Self.trustedNeighbours, (rows.count - 1) / 2))
    neighbourAccuracy = try embedding.neighbourVoteAccuracy(
      of: classes, neighbours: min(Self.votingNeighbours, rows.count - 1))
  }

  private static func activations<Task: EmbeddableTask>(
    _ task: Task.Type, _ folder: RunFolder, at point: String?, _ weights: RunWeights, _ device: Device,
    _ datasets: DatasetStore
  ) throws -> PointActivations {
    try folder.trainer(task, weights: weights, device: device, datasets: datasets).activations(at: point)
  }

  private static func classNames<Task: EmbeddableTask>(_ task: Task.Type, _ folder: RunFolder) throws
    -> [String]?
  { task.classNames(try folder.record(Task.Configuration.self).configuration) }

  /// What a class is called: by its name, or by its number where it has none.
  package func name(ofClass label: Int) -> String {
    guard let classNames, classNames.indices.contains(label) else { return "class \(label)" }
    return classNames[label]
  }

  /// The points by class.
  public var panel: ScatterPanel {
    ScatterPanel(
      title: name,
      series: Set(classes).sorted().map { label in
        let members = classes.indices.filter { classes[$0] == label }
        return ScatterSeries(
          name: name(ofClass: label), x: members.map { embedding.x[$0] }, y: members.map { embedding.y[$0] })
      })
  }

  private enum CodingKeys: CodingKey {
    case run, name, point, rows, width, divergence, trustworthiness, neighbourAccuracy, metrics, seconds
  }
}
