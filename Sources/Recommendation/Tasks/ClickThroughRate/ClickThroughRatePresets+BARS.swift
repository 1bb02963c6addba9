import FeedbackAlignment
import Networks
import Training

/// The recipes of BARS (reczoo/BARS at 5b5e61f: Frappe_x1, MovielensLatest_x1, Criteo_x1), which are of backpropagation; other methods
/// get the same. What decays is the table, in every step and in rows that the step does not read too.
extension ClickThroughRateConfiguration {
  static let barsPresets: [Preset<Self>] = recipes.flatMap { recipe in
    recipe.datasets.map { dataset in
      Preset("\(recipe.name)-\(dataset.rawValue)-bars", "\(recipe.title) on \(dataset.title), BARS's recipe")
      { _ in
        recipe.configuration(dataset)
      }
    }
  }

  private struct Recipe {
    let name, title: String
    let datasets: [InteractionDataset]
    let configuration: @Sendable (InteractionDataset) -> ClickThroughRateConfiguration
  }

  private static let recipes = [
    Recipe(name: "fm", title: "factorization machine", datasets: [.frappe, .frappeLog, .movieLens]) {
      bars(FactorizationMachine.Settings(), $0)
    },
    Recipe(name: "deepfm", title: "DeepFM", datasets: [.frappe, .frappeLog, .movieLens, .criteo]) {
      bars(DeepFM.Settings(), $0)
    },
    Recipe(
      name: "tower", title: "the perceptron of DeepFM alone", datasets: [.frappe, .frappeLog, .movieLens]
    ) {
      bars(tower, $0)
    },
    Recipe(name: "dcn", title: "Deep & Cross", datasets: [.frappe, .frappeLog, .movieLens, .criteo]) {
      bars(DeepCross.Settings(), $0)
    },
    Recipe(name: "dcnv2", title: "DCN-V2", datasets: [.frappe, .frappeLog]) { bars(DCNV2.Settings(), $0) },
    Recipe(name: "afn", title: "AFN", datasets: [.frappe, .frappeLog, .movieLens]) {
      bars(AFN.Settings(), $0)
    },
    Recipe(name: "autoint", title: "AutoInt", datasets: [.frappe, .frappeLog]) {
      bars(AutoInt.Settings(), $0)
    },
  ]

  /// DeepFM without its factorization machine.
  static var tower: DeepFM.Settings {
    var settings = DeepFM.Settings()
    settings.hasProducts = false
    return settings
  }

  /// BARS on Frappe, MovieLens or Criteo.
  private static func bars<Value>(
    _ dataset: InteractionDataset, frappe: Value, movieLens: Value, criteo: Value
  )
    -> Value
  {
    switch dataset {
    case .frappe, .frappeLog: frappe
    case .movieLens: movieLens
    case .criteo, .avazu: criteo
    }
  }

  static func bars(_ settings: FactorizationMachine.Settings, _ dataset: InteractionDataset) -> Self {
    var configuration = Self(settings, dataset, tableDecay: 5e-6)
    // Of the machine everything decays, the bias too.
    configuration.optimizer.weightDecay = 5e-6
    return configuration
  }

  static func bars(_ settings: DeepFM.Settings, _ dataset: InteractionDataset) -> Self {
    var settings = settings
    settings.tower.dropout = bars(dataset, frappe: 0.2, movieLens: 0.3, criteo: 0.1)
    return Self(settings, dataset, tableDecay: bars(dataset, frappe: 0.05, movieLens: 0.01, criteo: 1e-5))
  }

  static func bars(_ settings: DeepCross.Settings, _ dataset: InteractionDataset) -> Self {
    var settings = settings
    settings.crossLayers = bars(dataset, frappe: 3, movieLens: 4, criteo: 3)
    settings.tower.dropout = bars(dataset, frappe: 0.2, movieLens: 0.2, criteo: 0.1)
    return Self(settings, dataset, tableDecay: bars(dataset, frappe: 0.05, movieLens: 0.01, criteo: 1e-5))
  }

  static func bars(_ settings: DCNV2.Settings, _ dataset: InteractionDataset) -> Self {
    var settings = settings
    settings.tower.dropout = bars(dataset, frappe: 0.4, movieLens: 0.2, criteo: 0.1)
    return Self(settings, dataset, tableDecay: bars(dataset, frappe: 0.05, movieLens: 0.01, criteo: 1e-5))
  }

  static func bars(_ settings: AFN.Settings, _ dataset: InteractionDataset) -> Self {
    var settings = settings
    settings.neurons = bars(dataset, frappe: 1_000, movieLens: 800, criteo: 1_000)
    settings.tower = TowerSettings(
      bars(dataset, frappe: [400], movieLens: [200], criteo: [400]), dropout: 0.4, batchNorm: false)
    return Self(settings, dataset, tableDecay: bars(dataset, frappe: 1e-3, movieLens: 1e-3, criteo: 1e-5))
  }

  static func bars(_ settings: AutoInt.Settings, _ dataset: InteractionDataset) -> Self {
    var settings = settings
    settings.embedding.width = 10
    (settings.layers, settings.heads, settings.headWidth) = (6, 4, 32)
    return Self(settings, dataset, tableDecay: bars(dataset, frappe: 0.05, movieLens: 0.01, criteo: 1e-5))
  }
}
