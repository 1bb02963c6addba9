import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Whether and how a scene that a run has learned is written as points and surfaces.
struct SurfaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A PLY file for the points of a scene that are dense.", valueName: "file"),
    completion: .file(extensions: ["ply"]))
  var points: OutputPath?

  @Option(
    help: ArgumentHelp("A PLY file for the surface of what is dense in a scene.", valueName: "file"),
    completion: .file(extensions: ["ply"]))
  var mesh: OutputPath?

  @Option(help: "How many points of the scene are asked along each axis.")
  var resolution = 128

  @Option(help: "The density, per unit of length, from which on a point is dense.")
  var level = 10.0

  @Option(
    help:
      "How far the scene is asked from the origin along each axis; when not given 1.5, or 1 in one seen from the front."
  )
  var bound: Double?

  /// Whether anything is written.
  var areGiven: Bool { points != nil || mesh != nil }

  func validate() throws {
    guard (2...1_024).contains(resolution) else {
      throw ValidationError("--resolution must be from 2 to 1024, not \(resolution)")
    }
    guard level > 0, level.isFinite else { throw ValidationError("--level must be above 0, not \(level)") }
    if let bound, !(bound > 0 && bound.isFinite) {
      throw ValidationError("--bound must be above 0, not \(bound)")
    }
  }

  /// Writes the files of a task's scene.
  /// - Throws: `ConfigurationError` when the task has no scene, or nothing in it is dense; `FileError`.
  func write(_ task: any TrainingTask, of run: String) throws -> [SurfaceSummary] {
    guard let task = task as? any RenderingTask else {
      throw ConfigurationError.value(
        key: run, reason: "task '\(type(of: task).name)' has no scene that has points or a surface")
    }
    for file in [points, mesh].compactMap(\.self) {
      try OutputFolder.create(file.url.deletingLastPathComponent())
    }
    let sampler = FieldSampler(task)
    let bar = ProgressBar(label: "density", total: resolution, unit: "layer")
    let grid = sampler.grid(resolution: resolution, bound: bound ?? sampler.bound) { bar.update($0) }
    bar.finish()
    let highest = grid.values.reduce(-.infinity) { max($0, $1) }
    guard highest > Float(level) else {
      throw ConfigurationError.value(
        key: "--level",
        reason: "must be below the highest density found, \(NumberFormat.general(Double(highest)))")
    }
    var summaries: [SurfaceSummary] = []
    if let points {
      let cloud = sampler.points(of: grid, above: level)
      try cloud.write(to: points.url)
      summaries.append(SurfaceSummary(kind: "points", file: points.url.path, count: cloud.positions.count))
    }
    if let mesh {
      let surface = sampler.mesh(of: grid, at: level)
      try surface.write(to: mesh.url)
      let count = surface.mesh.triangles.count
      summaries.append(SurfaceSummary(kind: "triangles", file: mesh.url.path, count: count))
    }
    return summaries
  }
}

/// A file of points or of a surface.
struct SurfaceSummary: Encodable {
  /// What is counted: points or triangles.
  let kind: String
  /// The file.
  let file: String
  /// How many there are.
  let count: Int
}
