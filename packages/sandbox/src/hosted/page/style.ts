/** The one style sheet of all pages: system fonts, no assets, light and dark, one column from 320 px. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f1;
  --surface: #ffffff;
  --sunken: #efede6;
  --ink: #1c211f;
  --soft: #59615d;
  --line: #dcd9d0;
  --edge: #8b918d;
  --accent: #0b6b5c;
  --accent-ink: #ffffff;
  --accent-soft: #e1f0ec;
  --bad: #a3261c;
  --bad-soft: #fbeae7;
  --warn: #7a4b00;
  --warn-soft: #fdf1d9;
  --radius: 10px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131715;
    --surface: #1b201e;
    --sunken: #242a27;
    --ink: #eef1ef;
    --soft: #a9b2ad;
    --line: #333b37;
    --edge: #77817c;
    --accent: #6fd3bd;
    --accent-ink: #08231d;
    --accent-soft: #163029;
    --bad: #ffa79c;
    --bad-soft: #3a1d1a;
    --warn: #f2c878;
    --warn-soft: #35290f;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
a { color: var(--accent); text-underline-offset: 0.2em; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.125rem; }
h3 { font-size: 1rem; }
p { margin: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--surface); padding: 0.5rem 0.75rem; z-index: 1; }
.ribbon {
  background: var(--warn-soft);
  color: var(--warn);
  font-size: 0.8125rem;
  padding: 0.375rem 1rem;
  text-align: center;
}
main { width: 100%; max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
main.narrow { max-width: 34rem; }
.stack { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.stack-small, .stack-tight { min-width: 0; overflow-wrap: anywhere; }
.stack-small { display: grid; gap: 0.375rem; grid-template-columns: minmax(0, 1fr); }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; }
.spread { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between; align-items: baseline; }
.middle { align-items: center; }
.soft { color: var(--soft); }
.small { font-size: 0.875rem; }
.amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.big { font-size: 2rem; font-weight: 650; letter-spacing: -0.02em; line-height: 1.2; }
.card {
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  padding: 1.25rem;
}
.columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 54rem) {
  main { padding-top: 3rem; }
  .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 4rem; align-items: start; }
  .columns > .card { padding: 1.75rem; }
}
.alert { border-left: 4px solid var(--bad); background: var(--bad-soft); color: var(--bad); border-radius: 6px; padding: 0.75rem 1rem; }
.field { display: grid; gap: 0.25rem; min-width: 0; }
.field label { font-size: 0.875rem; font-weight: 550; }
.field .error { color: var(--bad); font-size: 0.875rem; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(7rem, 100%), 1fr)); }
input, select {
  font: inherit;
  color: inherit;
  width: 100%;
  min-width: 0;
  min-height: 2.75rem;
  padding: 0.5rem 0.75rem;
  background: var(--surface);
  border: 1px solid var(--edge);
  border-radius: 8px;
}
input[type="checkbox"], input[type="radio"] { width: 1.125rem; min-height: 1.125rem; accent-color: var(--accent); flex: none; }
input[aria-invalid="true"] { border-color: var(--bad); }
input:focus-visible, select:focus-visible { outline-offset: 0; border-radius: 8px; }
button, .button {
  font: inherit;
  font-weight: 600;
  min-height: 2.75rem;
  padding: 0.5rem 1.125rem;
  border-radius: 8px;
  border: 1px solid var(--edge);
  background: var(--surface);
  color: var(--ink);
  flex: none;
  cursor: pointer;
  text-decoration: none;
  display: inline-flex;
  align-items: center;
  justify-content: center;
}
button:hover, .button:hover { background: var(--sunken); }
button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button.primary:hover, .button.primary:hover { filter: brightness(1.08); }
button.wide { width: 100%; }
button.danger { color: var(--bad); border-color: var(--bad); }
fieldset.choices { border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 1rem; margin: 0; display: grid; gap: 0.5rem; min-width: 0; }
fieldset.choices legend { font-size: 0.875rem; font-weight: 550; padding: 0 0.25rem; }
label.row { flex-wrap: nowrap; }
.join { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
.join .field { flex: 1 1 6rem; }
.stack-tight { display: grid; }
.end { justify-items: end; }
.plan + .plan { border-top: 1px solid var(--line); padding-top: 1rem; }
.lines .join .field { max-width: 9rem; }
dl, ul.plain { margin: 0; padding: 0; list-style: none; }
dl.totals { display: grid; gap: 0.375rem; }
dl.totals > div { display: flex; justify-content: space-between; gap: 1rem; }
dl.totals dd { margin: 0; }
dl.totals .total { border-top: 1px solid var(--line); padding-top: 0.625rem; margin-top: 0.25rem; font-weight: 650; }
ul.lines > li:last-child { border-bottom: 0; }
ul.lines > li.wrap { flex-wrap: wrap; }
ul.lines > li.wrap > :first-child { flex: 1 1 14rem; }
ul.lines > li > form, ul.lines > li > .amount, ul.lines > li > .end { flex: none; }
ul.lines > li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
details summary { cursor: pointer; font-size: 0.875rem; color: var(--soft); }
code { font: 0.875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--sunken); padding: 1rem; border-radius: 8px; overflow: auto; margin: 0; max-height: 30rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th { text-align: left; font-weight: 550; color: var(--soft); white-space: nowrap; }
td { overflow-wrap: normal; }
th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td form { display: inline; }
td button { min-height: 2rem; padding: 0.125rem 0.625rem; font-size: 0.875rem; }
.tag { display: inline-block; padding: 0 0.5rem; border-radius: 999px; background: var(--sunken); font-size: 0.8125rem; line-height: 1.5rem; white-space: nowrap; }
.tag.good { background: var(--accent-soft); color: var(--accent); }
.tag.bad { background: var(--bad-soft); color: var(--bad); }
.tag.warn { background: var(--warn-soft); color: var(--warn); }
nav.tabs { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: 0.5rem; }
nav.tabs a { color: var(--soft); text-decoration: none; padding: 0.25rem 0; }
nav.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-bottom: 2px solid var(--accent); }
@media (forced-colors: active) { .tag, .card, .alert { border: 1px solid; } }
@media print { .ribbon, .no-print { display: none; } body { background: none; } }
`;
