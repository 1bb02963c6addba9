extension DatasetCatalog {
  /// Sets of labelled images.
  static let images = [mnist, fashionMNIST, cifar10, cifar10Python, cifar100, cifar100Python]

  /// MNIST, handwritten digits: 60,000 + 10,000 grey images of 28x28, 10 classes.
  public static let mnist = Dataset(
    name: "mnist",
    summary: "MNIST digits: 60,000 + 10,000 images of 28x28, 10 classes",
    folder: "mnist",
    files: [
      DatasetFile(
        "train-images-idx3-ubyte.gz", 9719438,
        "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971"),
      DatasetFile(
        "train-labels-idx1-ubyte.gz", 28857,
        "1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203"),
      DatasetFile(
        "t10k-images-idx3-ubyte.gz", 1616508,
        "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be"),
      DatasetFile(
        "t10k-labels-idx1-ubyte.gz", 4517,
        "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b"),
    ],
    sources: [
      .url(template: "https://ossci-datasets.s3.amazonaws.com/mnist/{file}")
    ])

  /// Fashion-MNIST, articles of clothing: 60,000 + 10,000 grey images of 28x28, 10 classes.
  ///
  /// The Debian package comes first: it is signed, while the official address has no TLS.
  public static let fashionMNIST = Dataset(
    name: "fashion-mnist",
    summary: "Fashion-MNIST clothing: 60,000 + 10,000 images of 28x28, 10 classes",
    folder: "fashion-mnist",
    files: [
      DatasetFile(
        "train-images-idx3-ubyte.gz", 26421856,
        "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"),
      DatasetFile(
        "train-labels-idx1-ubyte.gz", 29491,
        "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"),
      DatasetFile(
        "t10k-images-idx3-ubyte.gz", 4422079,
        "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"),
      DatasetFile(
        "t10k-labels-idx1-ubyte.gz", 5125,
        "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"),
    ],
    sources: [
      .debianPackage("dataset-fashion-mnist", folder: "/usr/share/datasets/fashion-mnist"),
      .url(template: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/{file}"),
    ])

  /// CIFAR-10 in its binary version: 50,000 + 10,000 colour images of 32x32, 10 classes.
  public static let cifar10 = Dataset(
    name: "cifar-10",
    summary: "CIFAR-10: 50,000 + 10,000 colour images of 32x32, 10 classes",
    folder: "cifar-10-batches-bin",
    files: (1...5).map { DatasetFile("data_batch_\($0).bin", 30_730_000) }
      + [DatasetFile("test_batch.bin", 30_730_000)],
    sources: [
      .archive(
        address: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        md5: "c32a1d4ab5d03f1284b67883e8d87530", folder: "cifar-10-batches-bin")
    ])

  /// CIFAR-10 in its Python version: the same images, pickled.
  public static let cifar10Python = Dataset(
    name: "cifar-10-python",
    summary: "CIFAR-10 as Python pickles: the same images",
    folder: "cifar-10-batches-py",
    files: [
      DatasetFile("data_batch_1", 31_035_704), DatasetFile("data_batch_2", 31_035_320),
      DatasetFile("data_batch_3", 31_035_999), DatasetFile("data_batch_4", 31_035_696),
      DatasetFile("data_batch_5", 31_035_623), DatasetFile("test_batch", 31_035_526),
    ],
    sources: [
      .archive(
        address: "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
        md5: "c58f30108f718f92721af3b95e74349a", folder: "cifar-10-batches-py")
    ])

  /// CIFAR-100 in its binary version: 50,000 + 10,000 colour images of 32x32, 100 classes.
  public static let cifar100 = Dataset(
    name: "cifar-100",
    summary: "CIFAR-100: 50,000 + 10,000 colour images of 32x32, 100 classes",
    folder: "cifar-100-binary",
    files: [DatasetFile("train.bin", 153_700_000), DatasetFile("test.bin", 30_740_000)],
    sources: [
      .archive(
        address: "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
        md5: "03b5dce01913d631647c71ecec9e9cb8", folder: "cifar-100-binary")
    ])

  /// CIFAR-100 in its Python version: the same images, pickled.
  public static let cifar100Python = Dataset(
    name: "cifar-100-python",
    summary: "CIFAR-100 as Python pickles: the same images",
    folder: "cifar-100-python",
    files: [DatasetFile("train", 155_249_918), DatasetFile("test", 31_049_908)],
    sources: [
      .archive(
        address: "https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz",
        md5: "eb9058c3a382ffc7106e4002c42a8d85", folder: "cifar-100-python")
    ])
}
