// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OwnTask",
  dependencies: [
    // As in Examples/FashionMNIST: elsewhere a URL and a version, and LIBTORCH when `swift build` runs.
    .package(name: "swift-direct-feedback", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "OwnTask",
      dependencies: [
        .product(name: "DirectFeedback", package: "swift-direct-feedback"),
        .product(name: "DirectFeedbackCommand", package: "swift-direct-feedback"),
      ])
  ]
)
