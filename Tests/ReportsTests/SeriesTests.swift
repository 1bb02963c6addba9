import Foundation
import Reports
import Testing

@Suite struct SeriesTests {
  @Test func isCodedWithGapsAsNull() throws {
    let series = Series(name: "DFA", x: [1, 2, 3], y: [0.5, .nan, .infinity], band: [0.25, .nan, 1])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(series)
    let expected = #"{"band":[0.25,null,1],"name":"DFA","x":[1,2,3],"y":[0.5,null,null]}"#
    #expect(String(decoding: json, as: UTF8.self) == expected)

    let decoded = try JSONDecoder().decode(Series.self, from: json)
    #expect(decoded.name == "DFA")
    #expect(decoded.x == [1, 2, 3])
    #expect(decoded.y[0] == 0.5)
    #expect(decoded.y.map(\.isNaN) == [false, true, true])
    #expect(decoded.band?[2] == 1)
  }

  @Test func mayHaveNoBand() throws {
    let series = Series(name: "BP", x: [1], y: [2])
    #expect(try JSONDecoder().decode(Series.self, from: JSONEncoder().encode(series)) == series)
  }

  @Test(arguments: [
    #"{"name":"BP","x":[1,2],"y":[1]}"#, #"{"name":"BP","x":[1],"y":[1],"band":[]}"#,
    #"{"name":"BP","x":[1]}"#,
  ])
  func refusesListsOfDifferentLength(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Series.self, from: Data(json.utf8)) }
  }

  @Test func trapsOnListsOfDifferentLength() async {
    await #expect(processExitsWith: .failure) { _ = Series(name: "BP", x: [1, 2], y: [1]) }
  }
}
