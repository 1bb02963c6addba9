import Basics
import Testing

@Suite struct NearestNameTests {
  private let names = ["cora", "citeseer", "pubmed", "mnist", "fashion-mnist"]

  @Test(arguments: [
    ("core", "cora"), ("Cora", "cora"), ("croa", "cora"), ("citeser", "citeseer"), ("pubmde", "pubmed"),
    ("fashion", "fashion-mnist"), ("fashionmnist", "fashion-mnist"),
  ])
  func findsWhatWasMeant(typed: String, meant: String) {
    #expect(nearest(to: typed, among: names) == meant)
  }

  @Test(arguments: ["", "x", "imagenet", "fa", "coracoracoracora"])
  func findsNothingFarAway(typed: String) {
    #expect(nearest(to: typed, among: names) == nil)
  }

  @Test func worksOnConfigurationKeys() {
    let keys = ["optimizer.name", "optimizer.learningRate", "optimizer.weightDecay"]
    #expect(nearest(to: "optimizer.learningrat", among: keys) == "optimizer.learningRate")
    #expect(nearest(to: "learningRate", among: []) == nil)
  }

  @Test(arguments: [
    ("", "", 0), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abc", "", 3), ("flaw", "lawn", 2),
    ("abcd", "acbd", 1),
  ])
  func countsEdits(source: String, target: String, edits: Int) {
    #expect(editDistance(Array(source), Array(target)) == edits)
    #expect(editDistance(Array(target), Array(source)) == edits)
  }
}
