import ArgumentParser
import Foundation
import NeuralRendering

/// Draws a scene for radiance fields.
struct DataMakeSceneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-scene",
    abstract: "Draw a scene to learn a radiance field from.",
    discussion: """
      A few shapes on a chequered disc, seen by cameras all around above it, with the background transparent: images and their \
      cameras in the layout of NeRF-Synthetic. Equal options draw equal files. The scene "shapes" is the same in memory, for \
      which no files are needed.

      EXAMPLES
        dfa data make-scene scenes/shapes
        dfa data make-scene scenes/large --size 400 --test 200 --seed 1
      """)

  @Argument(
    help: ArgumentHelp("Where the scene goes; not there yet, or empty.", valueName: "folder"),
    completion: .directory)
  var folder: OutputPath

  @Option(help: ArgumentHelp("Pixels of an image in each direction.", valueName: "pixels"))
  var size = ShapesScene().size

  @Option(help: ArgumentHelp("Views to learn from.", valueName: "count"))
  var train = ShapesScene().trainingCount

  @Option(help: ArgumentHelp("Views to choose by.", valueName: "count"))
  var validation = ShapesScene().validationCount

  @Option(help: ArgumentHelp("Views to report.", valueName: "count"))
  var test = ShapesScene().testCount

  @Option(help: "What the cameras' places are drawn by.")
  var seed: UInt64 = 0

  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard (1...4_096).contains(size) else {
      throw ValidationError("--size must be from 1 to 4096, not \(size)")
    }
    for (name, count, least) in [("--train", train, 1), ("--validation", validation, 0), ("--test", test, 0)]
    where !(least...100_000).contains(count) {
      throw ValidationError("\(name) must be from \(least) to 100000, not \(count)")
    }
  }

  func run() throws {
    var scene = ShapesScene()
    (scene.size, scene.seed) = (size, seed)
    (scene.trainingCount, scene.validationCount, scene.testCount) = (train, validation, test)
    try scene.write(to: folder.url)
    if result.json {
      return try Console.json(
        MadeScene(path: folder.url.path, size: size, train: train, validation: validation, test: test))
    }
    Console.print(
      "\(folder.path): \(train) views to learn from, \(validation) to choose by and \(test) to report, of \(size) x \(size) pixels"
    )
  }
}

/// What was drawn.
struct MadeScene: Encodable {
  /// The folder.
  let path: String
  /// Pixels in each direction.
  let size: Int
  /// Views of each part.
  let train, validation, test: Int
}
