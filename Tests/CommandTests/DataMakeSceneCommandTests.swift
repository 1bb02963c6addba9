import Foundation
import TestSupport
import Testing

@Suite("dfa data make-scene") struct DataMakeSceneCommandTests {
  @Test("It draws a scene once, says what it drew, and refuses what cannot be") func draws() throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.file("scene").path
    let options = ["--size", "8", "--train", "2", "--validation", "1", "--test", "1", "--seed", "3"]
    let made = try Command(["data", "make-scene", folder] + options + ["--json"]).object()
    #expect(made["path"] as? String == folder && made["train"] as? Int == 2 && made["size"] as? Int == 8)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["test", "train", "transforms_test.json", "transforms_train.json", "transforms_val.json", "val"])
    try Command(["data", "make-scene", folder] + options)
      .expectFailure(65, "\(folder): is there already and is no empty folder; name a folder")
    #expect(try Command(["data", "make-scene", scratch.file("other").path, "--size", "0"]).status == 64)
    #expect(try Command(["data", "make-scene", scratch.file("other").path, "--train", "0"]).status == 64)
    #expect(try scratch.names() == ["scene"])
    let text = try Command(["data", "make-scene", scratch.file("other").path] + options).output
    #expect(text.contains("2 views to learn from, 1 to choose by and 1 to report, of 8 x 8 pixels"))
  }
}
