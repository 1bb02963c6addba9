extension ImageDataset {
  /// What its classes are called, in their order, as those who published the set have them; nil for CIFAR-100, whose hundred
  /// no legend holds.
  var classNames: [String]? {
    switch self {
    case .fashionMNIST:
      [
        "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
        "ankle boot",
      ]
    case .mnist: (0...9).map { "\($0)" }
    case .cifar10, .cifar10Python:
      ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    case .cifar100, .cifar100Python: nil
    }
  }
}
