extension DatasetStore {
  /// The files of the training or test images of CIFAR-10 or CIFAR-100, in order; nil for another data set.
  ///
  /// No digests of the files are published, so what is known of their content is checked: the 50,000 or 10,000 images of a part
  /// are of all classes equally.
  /// - Throws: ``DataError`` when a file is missing, damaged or of another content.
  public func cifar(_ dataset: Dataset, isTraining: Bool) throws -> [CIFARFile]? {
    let (batches, test) = (1...5, isTraining ? "train" : "test")
    let files: [CIFARFile]
    let names: [String]
    switch dataset.name {
    case DatasetCatalog.cifar10.name:
      names = isTraining ? batches.map { "data_batch_\($0).bin" } : ["test_batch.bin"]
      files = try names.map { try CIFARFile(read(dataset, $0), .cifar10) }
    case DatasetCatalog.cifar10Python.name:
      names = isTraining ? batches.map { "data_batch_\($0)" } : ["test_batch"]
      files = try names.map { try CIFARFile(pickled: read(dataset, $0), .cifar10) }
    case DatasetCatalog.cifar100.name:
      names = ["\(test).bin"]
      files = try names.map { try CIFARFile(read(dataset, $0), .cifar100) }
    case DatasetCatalog.cifar100Python.name:
      names = [test]
      files = try names.map { try CIFARFile(pickled: read(dataset, $0), .cifar100) }
    default: return nil
    }
    let classes = dataset.name.hasPrefix("cifar-100") ? 100 : 10
    let isWhole = files.reduce(0) { $0 + $1.labels.count } == (isTraining ? 50_000 : 10_000)
    guard isWhole else { return files }
    let counts = files.flatMap(\.labels).reduce(into: [Int](repeating: 0, count: classes)) {
      $0[Int($1)] += 1
    }
    let right = counts.reduce(0, +) / classes
    if let wrong = counts.firstIndex(where: { $0 != right }) {
      throw DataError.malformed(
        path: try file(dataset, names[0]).path, offset: nil,
        reason:
          "\(names.count == 1 ? "" : "with the files beside it, ")\(counts[wrong]) images of class \(wrong), where "
          + "there are \(right) of each")
    }
    return files
  }
}
