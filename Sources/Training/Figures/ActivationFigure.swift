import FeedbackAlignment
import Reports

/// A figure of a paper that shows activations of trained networks in the plane, a panel for each method.
public struct ActivationFigure: Sendable {
  /// The name for commands, such as `figure2`.
  public let name: String
  /// What the figure shows.
  public let title: String
  /// The paper and the figure's name in it.
  public let source: String
  /// What is trained.
  public let task: any EmbeddableTask.Type
  /// The name of the task's preset.
  public let preset: String
  /// The methods, in the order of panels.
  public let methods: [MethodName]
  /// How the activations are embedded.
  public let settings: TSNE

  /// A figure of activations at the last feedback point below the output, with the weights of the best epoch.
  public init(
    _ name: String, title: String, source: String, task: any EmbeddableTask.Type, preset: String,
    methods: [MethodName], settings: TSNE
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.task = task
    self.preset = preset
    self.methods = methods
    self.settings = settings
  }
}

extension TSNE {
  /// The settings of figures 2 and A.2 of Launay et al. 2020, from their published code.
  public static let launay2020: TSNE = {
    var settings = TSNE()
    (settings.perplexity, settings.learningRate, settings.iterations) = (20, 100, 5_000)
    return settings
  }()
}
