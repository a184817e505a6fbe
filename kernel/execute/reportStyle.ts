/** The style of HTML reports: readable on screen, light and dark, and on paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --paper: #ffffff; --soft: #f6f8fa; --line: #d9dee3; --muted: #6a737d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #14171a; --soft: #1d2125; --line: #33393f; --muted: #939ca5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main, nav { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
nav { border-bottom: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding: 0; list-style: none; }
a { color: #0b66c3; }
@media (prefers-color-scheme: dark) { a { color: #6db3f2; } }
article + article { margin-top: 3rem; padding-top: 1rem; border-top: 3px solid var(--line); }
h1, h2, h3 { line-height: 1.25; margin: 1.6em 0 0.5em; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.35rem; } h3 { font-size: 1.1rem; }
section { margin: 0.75rem 0; }
pre, code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
pre { margin: 0; overflow-x: auto; line-height: 1.45; }
.input { display: flex; gap: 0.75rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 0.75rem; }
.input pre { flex: 1; min-width: 0; }
.count { color: var(--muted); font: 0.8em ui-monospace, Menlo, Consolas, monospace; padding-top: 0.15em; }
.output, .stream, .error { margin: 0.6rem 0 0; overflow-x: auto; }
.stream, .error { padding: 0.5rem 0.75rem; }
.stderr { border-left: 3px solid #d29922; }
.error { border-left: 3px solid #cf222e; }
.markdown table, .output table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.markdown th, .markdown td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; }
.markdown blockquote { margin: 0.5rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--muted); }
.formula { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", Georgia, serif; font-style: italic; }
div.formula { margin: 0.8rem 0; text-align: center; }
img, svg { max-width: 100%; height: auto; }
.ansi-bold { font-weight: 600; }
.ansi-red, .ansi-bright-red { color: #cf222e; } .ansi-green, .ansi-bright-green { color: #1a7f37; }
.ansi-yellow, .ansi-bright-yellow { color: #9a6700; } .ansi-blue, .ansi-bright-blue { color: #0969da; }
.ansi-magenta, .ansi-bright-magenta { color: #8250df; } .ansi-cyan, .ansi-bright-cyan { color: #1b7c83; }
.ansi-bright-black, .ansi-white { color: var(--muted); }
@media print { .input { break-inside: avoid; } nav { display: none; } }
`;
