/// How a report looks, on light and on dark screens and on paper.
enum ReportStyle {
  /// The page's style sheet.
  static let text = """
    :root {
      --page: #ffffff; --text: #1f2328; --faint: #59636e; --rule: #d8dee4; --shade: #f6f8fa; --note: #fff4d6;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14181d; --text: #e4e8ec; --faint: #9aa4af; --rule: #343b44; --shade: #1d232a; --note: #3a3118;
      }
    }
    * { box-sizing: border-box; }
    body {
      max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem;
      background: var(--page); color: var(--text);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
    }
    h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1.5rem; }
    h2 {
      font-size: 1.25rem; margin: 2.5rem 0 1rem; padding-bottom: 0.3rem; border-bottom: 1px solid var(--rule);
    }
    p { max-width: 44rem; margin: 0 0 1rem; }
    .note { background: var(--note); padding: 0.6rem 0.9rem; border-radius: 6px; max-width: none; }
    dl {
      display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.15rem 1.5rem; margin: 0 0 1.5rem;
      padding: 0.9rem 1.1rem; background: var(--shade); border-radius: 6px; font-size: 0.875rem;
    }
    dt { color: var(--faint); overflow-wrap: anywhere; }
    dd {
      margin: 0; overflow-wrap: anywhere; white-space: pre-wrap;
      font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    figure { margin: 0 0 2rem; }
    figcaption { font-weight: 600; margin-bottom: 0.4rem; }
    .plot { height: 26rem; }
    .picture { overflow: auto; margin-bottom: 0.6rem; }
    .picture svg { max-width: 100%; height: auto; }
    .row { display: flex; flex-wrap: wrap; gap: 0.75rem; }
    .row figure { flex: 0 1 13.5rem; margin: 0; }
    .row img { display: block; width: 100%; border: 1px solid var(--rule); }
    .row figcaption { font-weight: 400; font-size: 0.875rem; color: var(--faint); margin: 0.2rem 0 0; }
    .marks { color: var(--faint); font-size: 0.875rem; margin: 0.4rem 0; }
    @media (scripting: none) { .plot { display: none; } }
    .modebar-container { top: -2rem !important; }
    .scroll { overflow: auto; max-height: 32rem; }
    table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.35rem 0.9rem; border-bottom: 1px solid var(--rule); white-space: nowrap; }
    thead th { position: sticky; top: 0; background: var(--shade); }
    .left { text-align: left; }
    .center { text-align: center; }
    .right { text-align: right; }
    details { font-size: 0.875rem; }
    summary { color: var(--faint); cursor: pointer; margin-bottom: 0.4rem; }
    @media (max-width: 36rem) {
      dl { grid-template-columns: minmax(0, 1fr); }
      dd { margin-bottom: 0.4rem; }
      .modebar-container { display: none; }
    }
    @media print {
      body { max-width: none; padding: 0; }
      figure { break-inside: avoid; }
      .scroll { max-height: none; }
      details:not([open]) { display: none; }
    }
    """
}
