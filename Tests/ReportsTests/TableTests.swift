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
}
