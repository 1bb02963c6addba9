import DirectFeedback

/// The perceptron 784-256-128-10. A hidden layer ends at each point, and the error is read at the logits.
struct Network {
  let fc1, fc2, head: Linear
  let point1, point2: FeedbackPoint
  let output: FeedbackOutput

  init(_ scope: Scope) {
    (fc1, fc2) = (Linear(scope / "fc1", 784, 256), Linear(scope / "fc2", 256, 128))
    head = Linear(scope / "head", 128, 10)
    output = FeedbackOutput(scope / "logits")
    (point1, point2) = (FeedbackPoint(scope / "fc1", of: output), FeedbackPoint(scope / "fc2", of: output))
  }

  func callAsFunction(_ images: LabelledImages, _ pass: Pass) -> Tensor {
    var x = images.normalized(mean: 0.286, deviation: 0.353)
    x = point1(fc1(x, pass).tanh(), pass)
    x = point2(fc2(x, pass).tanh(), pass)
    return output(head(x, pass), pass)
  }
}

let training = try LabelledImages(DatasetCatalog.fashionMNIST, .training)
let test = try LabelledImages(DatasetCatalog.fashionMNIST, .test)
let order = BatchOrder(count: training.count, batchSize: 128, seed: 0, device: .cpu)
let methods: [any TrainingMethod] = [Backpropagation(), DirectFeedbackAlignment(seed: 0)]

for method in methods {
  let store = ParameterStore(seed: 0)  // of the same seed: every method starts from the same weights
  let network = Network(store.root)
  let optimizer = Optimizer(StochasticGradientDescent(momentum: 0.9), store.parameters)
  let generator = RandomGenerator(seed: 0)
  for step in 0..<5 * order.stepsPerEpoch {
    let batch = training.gathered(order.indices(step))
    let result = method.step(store.parameters, generator: generator) { pass in
      network(batch, pass).crossEntropy(batch.labels)
    }
    optimizer.update(result.gradients, rate: 0.02)
  }
  let logits = withoutGradient { network(test, Pass(.evaluation, generator: generator)) }
  print("\(type(of: method)): test accuracy \(NumberFormat.general(accuracy(logits, test.labels)))")

  guard let method = method as? any FeedbackMethod else { continue }
  let alignment = AlignmentProbe.measure(method, generator: generator) { pass in
    network(test, pass).crossEntropy(test.labels)
  }
  for point in alignment {
    print("  alignment with backpropagation at \(point.point): \(NumberFormat.general(point.mean ?? .nan))")
  }
}
