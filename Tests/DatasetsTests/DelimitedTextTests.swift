import Datasets
import Testing

@Suite("Text files of fields") struct DelimitedTextTests {
  private func fields(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    try DelimitedText(DataFile(path: "a.csv", bytes: Array(text.utf8))).forEachLine { rows.append($0.fields) }
    return rows
  }

  @Test(
    "Commas, tabs or spaces part fields, whatever ends lines",
    arguments: [
      ("1,2\n3,4\n", [["1", "2"], ["3", "4"]]), ("1\t2\r\n3\t 4 \r\n", [["1", "2"], ["3", "4"]]),
      ("  1   2\n\n3 4", [["1", "2"], ["3", "4"]]), ("# edges\n% more\n1 2\n", [["1", "2"]]),
      ("a b,c", [["a b", "c"]]), ("1,,2\n", [["1", "", "2"]]), ("", []), ("\u{feff}1,2", [["1", "2"]]),
    ])
  func parts(_ text: String, _ expected: [[String]]) throws { #expect(try fields(text) == expected) }

  @Test("Lines keep their numbers in the file") func numbers() throws {
    var numbers: [Int] = []
    try DelimitedText(DataFile(path: "a", bytes: Array("# x\n\n1\n2\n".utf8))).forEachLine {
      numbers.append($0.number)
    }
    #expect(numbers == [3, 4])
  }

  @Test("What is no text is refused") func binary() {
    #expect(
      throws: DataError.unusable(
        path: "a", reason: "is not a text in UTF-8", remedy: "save it as one, a row on each line")
    ) { try DelimitedText(DataFile(path: "a", bytes: [0xff, 0xfe, 0x31])) }
  }
}
