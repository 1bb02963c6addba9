import Reports
import Testing

@Suite struct TableTests {
  let table = Table(
    columns: [TableColumn("method"), TableColumn("accuracy, %", .right), TableColumn("note", .center)],
    rows: [["BP", "81.4 ± 0.6", "a|b"], ["DFA, <macro>", "9", "two\nlines \\"], ["", "", ""]])

  @Test func isMarkdown() {
    #expect(
      table.markdown == #"""
        | method | accuracy, % | note |
        | :-- | --: | :-: |
        | BP | 81.4 ± 0.6 | a\|b |
        | DFA, <macro> | 9 | two lines \\ |
        |  |  |  |

        """#)
  }

  @Test func isPlainText() {
    #expect(
      table.plain == #"""
        method        accuracy, %     note
        ------------  -----------  -----------
        BP             81.4 ± 0.6      a|b
        DFA, <macro>            9  two lines \


        """#)
  }

  @Test func isHTML() {
    #expect(
      Table(columns: [TableColumn("a & b"), TableColumn("n", .right)], rows: [["<i>'x'</i>", "\"1\""]]).html
        == """
        <table>
        <thead><tr><th scope="col" class="left">a &amp; b</th><th scope="col" class="right">n</th></tr></thead>
        <tbody>
        <tr><td class="left">&lt;i&gt;&#39;x&#39;&lt;/i&gt;</td><td class="right">&quot;1&quot;</td></tr>
        </tbody>
        </table>

        """)
  }

  @Test func mayHaveNoRows() {
    let table = Table(columns: [TableColumn("layer")])
    #expect(table.plain == "layer\n-----\n")
    #expect(table.markdown == "| layer |\n| :-- |\n")
  }

  @Test func growsByRows() {
    var table = Table(columns: [TableColumn("layer")])
    table.append(["fc1"])
    #expect(table.rows == [["fc1"]])
  }

  @Test func refusesARowOfAnotherLength() async {
    await #expect(processExitsWith: .failure) {
      _ = Table(columns: [TableColumn("layer")], rows: [["fc1", "0.5"]])
    }
  }

  @Test func keepsMarkdownToOneLineARow() {
    let cells = ["a\r\nb", "\u{2028}", "\\|", "||", "`x|y`", "\n\n"]
    let table = Table(columns: [TableColumn("a|b\nc")], rows: cells.map { [$0] })
    let lines = table.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == cells.count + 3 && lines.last == "")
    #expect(lines.first == #"| a\|b c |"#)
    #expect(
      lines.dropFirst(2).dropLast() == [
        "| a b |", "|   |", #"| \\\| |"#, #"| \|\| |"#, #"| `x\|y` |"#, "|    |",
      ])
  }

  @Test func alignsLettersOfSeveralBytes() {
    let table = Table(
      columns: [TableColumn("größe", .right), TableColumn("x")], rows: [["é", "1"], ["👩‍🔬", "2"]])
    #expect(table.plain == "größe  x\n-----  -\n    é  1\n    👩‍🔬  2\n")
  }
}
