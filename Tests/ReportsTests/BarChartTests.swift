import Reports
import Testing

@Suite struct BarChartTests {
  let chart = BarChart(
    title: "Alignment", xLabel: "layer", yLabel: "cosine", categories: ["fc1", "<fc2>"],
    bars: [
      BarSeries(name: "DFA", values: [0.5, .nan], deviations: [0.02, .nan]),
      BarSeries(name: "shallow", values: [0, 0.25]),
    ])

  @Test func drawsGroupsWithErrorBars() throws {
    #expect(
      try chart.plotly.scriptText()
        == #"{"data":[{"error_y":{"array":[0.02,null],"thickness":1.5,"type":"data","#
        + #""visible":true,"width":4},"marker":{"color":"rgba(0,114,178,1.0)"},"name":"DFA","type":"bar","#
        + #""x":["fc1","&lt;fc2&gt;"],"y":[0.5,null]},{"error_y":{"array":[],"thickness":1.5,"type":"data","#
        + #""visible":false,"width":4},"marker":{"color":"rgba(213,94,0,1.0)"},"name":"shallow","type":"bar","#
        + #""x":["fc1","&lt;fc2&gt;"],"y":[0,0.25]}],"layout":{"barmode":"group","xaxis":{"showgrid":false,"#
        + #""title":{"standoff":16,"text":"layer"},"type":"category"},"yaxis":{"title":{"text":"cosine"},"#
        + #""type":"linear"}}}"#)
  }

  @Test func isATableOfItsCategories() {
    #expect(
      chart.table.plain == """
        layer            DFA  shallow
        -----  -------------  -------
        fc1    0.500 ± 0.020        0
        <fc2>      nan ± nan     0.25

        """)
  }

  @Test func trapsOnTooFewBars() async {
    await #expect(processExitsWith: .failure) {
      _ = BarChart(
        title: "", xLabel: "", yLabel: "", categories: ["fc1", "fc2"],
        bars: [BarSeries(name: "DFA", values: [1])])
    }
  }
}
