// swift-tools-version: 6.2
import PackageDescription

// LibTorch is looked for at LIBTORCH, else in .libtorch/ (filled by Scripts/bootstrap). The flags never
// depend on whether the files exist, because SwiftPM caches this manifest; the shim itself says what to run
// when the headers are missing.
let libtorch = Context.environment["LIBTORCH"] ?? "\(Context.packageDirectory)/.libtorch"

let package = Package(
  name: "swift-direct-feedback",
  products: [
    .library(name: "DirectFeedback", targets: ["DirectFeedback"]),
    .library(name: "DirectFeedbackCommand", targets: ["DirectFeedbackCommand"]),
    .executable(name: "dfa", targets: ["dfa"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Without its traits, whose order among the compiler flags changes from build to build.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .target(
      name: "CTorch",
      cxxSettings: [
        // LibTorch is built with it, and some of its classes have other members without.
        .define("NDEBUG"),
        // LibTorch's headers then leave out the operators that nobody names, most of the time to compile them.
        .define("AT_PER_OPERATOR_HEADERS"),
        .unsafeFlags([
          "-isystem\(libtorch)/include", "-isystem\(libtorch)/include/torch/csrc/api/include", "-O2",
          "-gline-tables-only",
        ]),
      ],
      linkerSettings: [
        .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"]),
        .linkedLibrary("torch_cpu"),
        .linkedLibrary("c10"),
        .linkedLibrary("stdc++", .when(platforms: [.linux])),
      ]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .target(name: "Basics", dependencies: ["CCrypto"]),
    .target(name: "Torch", dependencies: ["Basics", "CTorch"]),
    .target(name: "Networks", dependencies: ["Torch"]),
    .target(name: "FeedbackAlignment", dependencies: ["Networks"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .target(
      name: "Datasets",
      dependencies: ["Basics", "CPNG", "CTurboJPEG", "CZlib"]),
    .target(
      name: "Reports",
      dependencies: ["Basics", "CPNG", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["TensorBoard/Protos"]),
    .target(
      name: "Training",
      dependencies: [
        "FeedbackAlignment", "Datasets", "Reports", .product(name: "Yams", package: "Yams"),
      ]),
    .target(name: "ImageClassification", dependencies: ["Training"]),
    .target(name: "GraphLearning", dependencies: ["Training"]),
    .target(
      name: "Recommendation",
      dependencies: ["Training", .product(name: "Yams", package: "Yams")]),
    .target(name: "NeuralRendering", dependencies: ["Training"]),
    .target(name: "LanguageModeling", dependencies: ["Training"]),
    .target(
      name: "DirectFeedback",
      dependencies: [
        "ImageClassification", "GraphLearning", "Recommendation", "NeuralRendering", "LanguageModeling",
      ]),
    .target(name: "Benchmarking", dependencies: ["DirectFeedback"]),
    .target(
      name: "DirectFeedbackCommand",
      dependencies: [
        "DirectFeedback", "Benchmarking", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "dfa", dependencies: ["DirectFeedbackCommand"]),
    .target(
      name: "TestSupport", dependencies: ["Reports", "Training", "CPNG", "CTurboJPEG", "CZlib"]),
    .target(name: "TestConditions", dependencies: ["Datasets"]),
    .executableTarget(
      name: "DeviceChecks",
      dependencies: [
        "DirectFeedback", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "BasicsTests", dependencies: ["Basics", "TestConditions", "TestSupport"]),
    .testTarget(name: "TorchTests", dependencies: ["Torch", "TestSupport"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "TestSupport"]),
    .testTarget(name: "FeedbackAlignmentTests", dependencies: ["FeedbackAlignment", "TestSupport"]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "CPNG", "TestConditions", "TestSupport"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "CPNG", "TestConditions", "TestSupport"]),
    .testTarget(name: "TrainingTests", dependencies: ["Training", "TestConditions", "TestSupport"]),
    .testTarget(
      name: "ImageClassificationTests",
      dependencies: ["ImageClassification", "TestConditions", "TestSupport"]),
    .testTarget(
      name: "GraphLearningTests", dependencies: ["GraphLearning", "TestConditions", "TestSupport"]),
    .testTarget(
      name: "RecommendationTests",
      dependencies: ["Recommendation", "CZlib", "TestConditions", "TestSupport"]),
    .testTarget(
      name: "NeuralRenderingTests", dependencies: ["NeuralRendering", "TestConditions", "TestSupport"]),
    .testTarget(
      name: "LanguageModelingTests", dependencies: ["LanguageModeling", "TestConditions", "TestSupport"]),
    .testTarget(name: "BenchmarkingTests", dependencies: ["Benchmarking", "TestSupport"]),
    .testTarget(
      name: "DeviceChecksTests", dependencies: ["DeviceChecks", "TestConditions", "TestSupport"]),
    .executableTarget(
      name: "OwnCommand", dependencies: ["DirectFeedback", "DirectFeedbackCommand", "TestSupport"],
      path: "Tests/OwnCommand"),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "dfa", "DeviceChecks", "OwnCommand", "DirectFeedback", "DirectFeedbackCommand", "TestConditions",
        "TestSupport",
      ],
      exclude: ["Snapshots"]),
  ],
  cxxLanguageStandard: .cxx20
)
