import Reports
import Testing

@Suite struct JSONValueTests {
  @Test func isWrittenWithSortedKeys() throws {
    let value: JSONValue = ["b": [1, 2.5, true, "x"], "a": .null]
    #expect(try value.scriptText() == #"{"a":null,"b":[1,2.5,true,"x"]}"#)
  }

  @Test func writesNumbersThatAreNotFiniteAsNull() throws {
    #expect(try JSONValue.numbers([.nan, 1, .infinity, -.infinity]).scriptText() == "[null,1,null,null]")
  }

  @Test func cannotEndTheScriptItStandsIn() throws {
    let value: JSONValue = ["</script>": "<!-- </SCRIPT>"]
    #expect(try value.scriptText() == #"{"\u003c/script>":"\u003c!-- \u003c/SCRIPT>"}"#)
  }
}
