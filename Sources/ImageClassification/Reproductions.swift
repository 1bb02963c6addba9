import FeedbackAlignment
import Training

extension ImageClassification {
  /// The tables of the 2019 paper that this family reproduces.
  static let reproductions: [Reproduction] = [perceptron, convolutional, bottleneck]

  /// A row of tables 2 or 4: what it changes of the row "norm", and the paper's figures for DFA, if it is one of the paper's.
  private struct Practice {
    let row: String
    let settings: [String]
    var preset: String?
    var accuracy: Double?
    var trainAccuracy: Double?
    var alignment: [Double] = []
  }

  /// Training accuracy is of this many images; the paper's is the mean over the last epoch's steps, with dropout.
  private static let trainingImages = "evaluatedTrainingImages=10000"
  private static let noNorm = "feedback.normalization=none"

  /// Table 2, with what does best here as a last row. Where dropout is used, a tenth of the inputs is dropped too. The caption
  /// gives |x| the rate of lReLU(-0.5), but its figures, training accuracy and alignment too, are those of half of it.
  private static let perceptron = table(
    "table2-2019", "Test accuracy and alignment of a perceptron on CIFAR-10 with different practices",
    source: "Launay et al. 2019, table 2", preset: "mlp-cifar-10", points: ["hidden1", "hidden2", "hidden3"],
    evaluatesTraining: true,
    [
      Practice(
        row: "norm", settings: [], accuracy: 0.4646, trainAccuracy: 0.8662, alignment: [0.79, 0.87, 0.64]),
      Practice(
        row: "no norm", settings: [noNorm], accuracy: 0.4346, trainAccuracy: 0.9643,
        alignment: [0.64, 0.69, 0.65]),
      Practice(
        row: "norm+BN", settings: ["batchNorm=true"], accuracy: 0.4573, trainAccuracy: 0.8452,
        alignment: [0.62, 0.43, 0.56]),
      Practice(
        row: "norm+|x|", settings: ["activation=abs", "optimizer.learningRate=5e-5"], accuracy: 0.5021,
        trainAccuracy: 0.6217, alignment: [0.79, 0.64, 0.19]),
      Practice(
        row: "norm+ReLU", settings: ["activation=relu"], accuracy: 0.4024, trainAccuracy: 0.4168,
        alignment: [0.38, 0.37, 0.06]),
      Practice(
        row: "norm+lReLU(-0.5)", settings: ["activation=leakyReLU(-0.5)", "optimizer.learningRate=1e-4"],
        accuracy: 0.5294, trainAccuracy: 0.6867, alignment: [0.84, 0.72, 0.22]),
      Practice(
        row: "norm+lReLU(0.01)", settings: ["activation=leakyReLU(0.01)"], accuracy: 0.3788,
        trainAccuracy: 0.4146, alignment: [0.42, 0.40, 0.07]),
      Practice(
        row: "norm+DO(0.5)", settings: ["inputDropout=0.1", "dropout=0.5"], accuracy: 0.4790,
        trainAccuracy: 0.5423, alignment: [0.72, 0.73, 0.43]),
      Practice(
        row: "norm+DO(0.1)", settings: ["inputDropout=0.1", "dropout=0.1"], accuracy: 0.4950,
        trainAccuracy: 0.6997, alignment: [0.79, 0.83, 0.54]),
      Practice(row: "tuned", settings: [], preset: "mlp-cifar-10-tuned"),
    ])

  /// Table 4. Its dropout is of the image's channels and the dense hidden layer's units, as in the published code, where no
  /// convolution has any. That code has lost the point of the dense hidden layer, which therefore has BP's gradient there
  /// and an alignment of 1; ours has it.
  private static let convolutional = table(
    "table4-2019",
    "Test accuracy and alignment of a convolutional network on CIFAR-10 with different practices",
    source: "Launay et al. 2019, table 4", preset: "cnn-cifar-10",
    points: ["conv1", "conv2", "conv3", "hidden"],
    [
      Practice(row: "norm", settings: [], accuracy: 0.6265, alignment: [0.02, 0.15, 0.59, 1.00]),
      Practice(row: "no norm", settings: [noNorm], accuracy: 0.5790, alignment: [0.00, 0.09, 0.62, 1.00]),
      Practice(
        row: "norm+BN", settings: ["batchNorm=true"], accuracy: 0.4850, alignment: [0.01, 0.00, 0.00, 0.14]),
      Practice(
        row: "norm+DO(0.5)", settings: ["inputDropout=0.1", "dropout=0.5"], accuracy: 0.5795,
        alignment: [0.01, 0.09, 0.30, 0.96]),
      Practice(
        row: "norm+DO(0.1)", settings: ["inputDropout=0.1", "dropout=0.1"], accuracy: 0.6131,
        alignment: [0.02, 0.12, 0.44, 0.98]),
    ])

  /// Figure 4: how many weights of a unit of the second hidden layer learn, at the fourteen sizes of the published code, which
  /// logs these figures, with one run of each. As there the layer below has no point: with one it learns whatever the
  /// bottleneck, and the accuracy hardly depends on it; the gradient that comes down is masked by place in the batch of 128. The
  /// rate is the code's, not the caption's.
  private static let bottleneck = Reproduction(
    "figure4-2019", title: "Test accuracy and alignment of a perceptron on CIFAR-10 against its bottleneck",
    source: "Launay et al. 2019, figure 4", rowTitle: "size", columnTitle: "quantity", isCurve: true,
    cells: publishedLog.flatMap { size, training, test, alignment in
      func cell(_ column: String, _ quantity: ReproducedQuantity, _ paper: Double) -> ReproductionCell {
        ReproductionCell(
          row: "\(size)", column: column, task: ImageClassificationTask.self, preset: "mlp-cifar-10",
          settings: [trainingImages, "bottleneck=\(size)", "inputMaskRows=128"], quantity: quantity,
          paper: [.dfa: paper], methods: [.dfa])
      }
      return [
        cell("test accuracy", .test(.accuracy), test),
        cell("training accuracy", .metric(.accuracy, .training), training),
        cell("alignment hidden2", .alignmentAt("hidden2"), alignment),
      ]
    })

  private static let publishedLog: [(size: Int, training: Double, test: Double, alignment: Double)] = [
    (1, 0.412, 0.405, 0.069), (3, 0.419, 0.411, 0.168), (5, 0.425, 0.415, 0.234),
    (8, 0.433, 0.419, 0.315), (11, 0.440, 0.428, 0.374), (18, 0.453, 0.434, 0.466),
    (28, 0.468, 0.446, 0.541), (46, 0.494, 0.456, 0.622), (73, 0.530, 0.468, 0.692),
    (118, 0.585, 0.479, 0.760), (191, 0.677, 0.476, 0.826), (308, 0.814, 0.468, 0.871),
    (496, 0.944, 0.464, 0.895), (800, 0.995, 0.471, 0.892),
  ]

  private static func table(
    _ name: String, _ title: String, source: String, preset: String, points: [String],
    evaluatesTraining: Bool = false, _ practices: [Practice]
  ) -> Reproduction {
    Reproduction(
      name, title: title, source: source, rowTitle: "practice", columnTitle: "quantity",
      cells: practices.flatMap { practice in
        func cell(_ column: String, _ quantity: ReproducedQuantity, _ paper: Double?) -> ReproductionCell {
          ReproductionCell(
            row: practice.row, column: column, task: ImageClassificationTask.self,
            preset: practice.preset ?? preset,
            settings: practice.settings + (evaluatesTraining ? [trainingImages] : []), quantity: quantity,
            paper: paper.map { [.dfa: $0] } ?? [:], methods: [.dfa])
        }
        return [cell("test accuracy", .test(.accuracy), practice.accuracy)]
          + (evaluatesTraining
            ? [cell("training accuracy", .metric(.accuracy, .training), practice.trainAccuracy)] : [])
          + points.indices.map { index in
            cell(
              "alignment \(points[index])", .alignmentAt(points[index]),
              practice.alignment.isEmpty ? nil : practice.alignment[index])
          }
      })
  }
}
