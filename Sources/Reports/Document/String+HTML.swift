extension String {
  /// The text with the characters that mean something in HTML, in elements and in attributes, as entities.
  var htmlEscaped: String {
    markupEscaped.replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  /// The text with `&`, `<` and `>` as entities, which is what Plotly's own small markup in labels needs.
  var markupEscaped: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
