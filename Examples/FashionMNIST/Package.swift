// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "FashionMNIST",
  dependencies: [
    // Elsewhere this line is
    //   .package(url: "https://github.com/OWNER/swift-direct-feedback", from: "0.1.0"),
    // and LIBTORCH is set to a LibTorch 2.13 (a folder with include/ and lib/) when `swift build` runs; here it
    // is found in the .libtorch of this checkout.
    .package(name: "swift-direct-feedback", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "FashionMNIST",
      dependencies: [.product(name: "DirectFeedback", package: "swift-direct-feedback")])
  ]
)
