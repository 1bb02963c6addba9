/// What draws a report's charts once the page is there.
enum ReportScript {
  /// Draws each chart from the JSON beside it in the colours of the page, and again when those change.
  static let text = """
    "use strict";
    const charts = [...document.querySelectorAll("figure.chart")].map((figure) => ({
      place: figure.querySelector(".plot"),
      json: figure.querySelector("script").textContent,
    }));

    function draw() {
      const style = getComputedStyle(document.body);
      const color = (name) => style.getPropertyValue(name).trim();
      const axis = {
        automargin: true, gridcolor: color("--rule"), zerolinecolor: color("--rule"), linecolor: color("--faint"),
        exponentformat: "SI",
      };
      const common = {
        paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", margin: { l: 56, r: 16, t: 8, b: 48 },
        font: { family: style.fontFamily, size: 13, color: color("--text") },
        legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" }, showlegend: true,
        modebar: { bgcolor: "rgba(0,0,0,0)", color: color("--faint"), activecolor: color("--text") },
        hoverlabel: {
          bgcolor: color("--shade"), bordercolor: color("--rule"),
          font: { family: style.fontFamily, color: color("--text") },
        },
      };
      const options = {
        responsive: true, displaylogo: false, modeBarButtons: [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
      };
      for (const { place, json } of charts) {
        const { data, layout } = JSON.parse(json);
        for (const key of Object.keys(layout)) {
          if (/^[xy]axis/.test(key)) layout[key] = { ...axis, ...layout[key] };
        }
        for (const trace of data) {
          if (trace.error_y) trace.error_y.color = color("--text");
        }
        Plotly.react(place, data, { ...common, ...layout }, options);
      }
    }

    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    """
}
