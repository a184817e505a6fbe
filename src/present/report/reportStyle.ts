/** The style of an HTML report: light and dark as the reader's system is, and fit for print. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--text:#24292f;--muted:#57606a;--paper:#ffffff;--panel:#f6f8fa;--line:#d0d7de;--link:#0969da}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--muted:#9aa4ae;--paper:#0d1117;--panel:#161b22;--line:#30363d;--link:#58a6ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.55 Helvetica,Arial,"Liberation Sans",sans-serif}
a{color:var(--link)}
.page{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}
header h1{margin:0 0 .3rem;font-size:1.9rem;line-height:1.2}
header p{margin:.2rem 0;color:var(--muted)}
h1,h2,h3,h4{line-height:1.25;margin:1.6em 0 .5em}
section>h2{border-bottom:1px solid var(--line);padding-bottom:.3em}
nav{margin:1.5rem 0;padding:.8rem 1.2rem;background:var(--panel);border-radius:8px}
nav h2{margin:0 0 .4rem;font-size:1rem;border:0}
nav ol{margin:0;padding-left:1.3rem}
pre{overflow-x:auto;padding:.7rem .9rem;background:var(--panel);border-radius:6px;font-size:.85rem;line-height:1.45}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
:not(pre)>code{background:var(--panel);padding:.1em .3em;border-radius:4px;font-size:.88em}
.output{margin:.6rem 0;overflow-x:auto}
.output pre{background:none;padding:.2rem .1rem}
.error pre{border-left:3px solid #cf222e;padding-left:.8rem}
img,svg{max-width:100%;height:auto}
figure{margin:1rem 0}
blockquote{margin:1em 0;padding:0 1em;color:var(--muted);border-left:3px solid var(--line)}
.prose table{border-collapse:collapse}
.prose th,.prose td{padding:.25em .7em;border-bottom:1px solid var(--line);text-align:left}
.display-math{text-align:center;font-size:1.1em}
dl.provenance{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;font-size:.9rem;background:var(--panel);padding:.8rem 1.2rem;border-radius:8px}
dl.provenance dt{color:var(--muted)}
dl.provenance dd{margin:0;overflow-wrap:anywhere}
@media print{:root{--text:#000;--muted:#444;--paper:#fff;--panel:#fff;--line:#bbb}body{font-size:10.5pt}.page{max-width:none;padding:0}nav{border:1px solid var(--line)}pre,figure,.output{break-inside:avoid}h2,h3{break-after:avoid}.js-plotly-plot{display:none}.roundlab-static{display:block!important}}
`.trim();
