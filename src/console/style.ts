/**
 * The console's one style sheet and its icon. Pages use its classes; a `style` attribute has no effect, by the content
 * security policy. Classes: `card` `empty` `badge (ok|warn|bad|plain)` `tabs` `actions` `wide` (scrolls sideways)
 * `fill` `n` (numbers) `dim` `pairs` (dl) `notice` `copy` `grid` `inline` (form in a line) `cut` (one line, …).
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #18202f; --dim: #5a667a; --line: #dde3ec; --ground: #f7f9fc; --card: #ffffff; --link: #1b5cc0;
  --ok: #17733c; --ok-ground: #e3f4e8; --warn: #8a5200; --warn-ground: #fdf0d7; --bad: #b3261e; --bad-ground: #fce8e6;
  --plain-ground: #e9edf4; --main: #1b5cc0; --main-ink: #ffffff; --hit: #eef3fb; --mono: ui-monospace, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e5eaf3; --dim: #9aa6ba; --line: #2b3446; --ground: #10151f; --card: #171e2b; --link: #8ab4f8;
    --ok: #7fd69b; --ok-ground: #163524; --warn: #f3c06b; --warn-ground: #3b2c10; --bad: #f4a199; --bad-ground: #43201d;
    --plain-ground: #253044; --main: #8ab4f8; --main-ink: #0d1522; --hit: #1d2738;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .25rem .75rem; z-index: 9; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; padding: .6rem 1.5rem;
  background: var(--card); border-bottom: 1px solid var(--line); }
.top nav { display: flex; gap: 1.25rem; }
.top nav a { color: var(--dim); padding: .15rem 0; border-bottom: 2px solid transparent; }
.top nav a[aria-current], .top nav a:hover { color: var(--ink); border-color: var(--link); text-decoration: none; }
.brand { font-weight: 650; color: var(--ink); letter-spacing: -.01em; }
.brand:hover { text-decoration: none; }
.who { margin-left: auto; display: flex; gap: .75rem; align-items: center; font-size: 13px; }
main { max-width: 84rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
.crumbs { font-size: 13px; color: var(--dim); overflow-wrap: anywhere; }
.crumbs > * + *::before { content: "/"; color: var(--dim); margin: 0 .45rem; }
.heading { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; margin: .25rem 0 1rem; }
h1 { margin: 0; font-size: 1.5rem; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { margin: 1.75rem 0 .6rem; font-size: 1.05rem; }
h3 { margin: 1.25rem 0 .4rem; font-size: .95rem; }
.dim { color: var(--dim); }
.small { font-size: 13px; }
.tabs { display: flex; flex-wrap: wrap; gap: 0 1.75rem; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
.tabs .group { display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
.tabs a { color: var(--dim); padding: .4rem 0; border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs a:hover { color: var(--ink); text-decoration: none; }
.tabs a[aria-current] { color: var(--ink); border-color: var(--link); font-weight: 550; }
.card, .empty { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; }
.card > :first-child, .empty > :first-child { margin-top: 0; }
.card > :last-child, .empty > :last-child { margin-bottom: 0; }
.card + .card { margin-top: 1rem; }
.narrow { max-width: 28rem; }
.empty { text-align: center; color: var(--dim); padding: 2.5rem 1.25rem; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); }
.grid > .card + .card { margin-top: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); white-space: nowrap;
  vertical-align: baseline; }
th { color: var(--dim); font-weight: 500; font-size: 13px; }
td.fill { white-space: normal; width: 100%; min-width: 14rem; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; }
.cut { max-width: 26rem; overflow: hidden; text-overflow: ellipsis; }
pre, code, kbd { font: 12.5px/1.5 var(--mono); }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; margin: .5rem 0;
  overflow: auto; max-height: 32rem; tab-size: 2; }
code { overflow-wrap: anywhere; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; background: var(--card); }
.method { color: var(--dim); }
.badge { display: inline-block; border-radius: 999px; padding: 0 .55rem; font-size: 12px; line-height: 1.6;
  background: var(--plain-ground); color: var(--ink); white-space: nowrap; }
.badge.ok { background: var(--ok-ground); color: var(--ok); }
.badge.warn { background: var(--warn-ground); color: var(--warn); }
.badge.bad { background: var(--bad-ground); color: var(--bad); }
.notice { border-radius: 8px; padding: .5rem 1rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
.notice.done { background: var(--ok-ground); color: var(--ok); }
.notice.wrong { background: var(--bad-ground); color: var(--bad); }
button, input, select, textarea { font: inherit; color: inherit; }
button, .button { display: inline-block; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .2rem .75rem; cursor: pointer; color: var(--ink); }
button:hover, .button:hover { border-color: var(--dim); text-decoration: none; }
button.main { background: var(--main); border-color: var(--main); color: var(--main-ink); }
button.danger { color: var(--bad); }
button[disabled] { opacity: .5; cursor: default; }
button[aria-pressed="true"] { background: var(--plain-ground); }
input, select, textarea { background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .25rem .6rem; max-width: 100%; }
textarea { width: 100%; font: 12.5px/1.5 var(--mono); }
label { display: block; margin: .6rem 0; font-size: 13px; color: var(--dim); }
label > input, label > select, label > textarea { display: block; width: 100%; color: var(--ink); font-size: 15px; }
.actions, .inline { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.inline label { display: inline-flex; gap: .4rem; align-items: center; margin: 0; }
.inline label > * { display: inline-block; width: auto; }
td form { display: inline; }
dl.pairs { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: .5rem 0; }
dl.pairs dt { color: var(--dim); }
dl.pairs dd { margin: 0; overflow-wrap: anywhere; }
details > summary { cursor: pointer; }
dialog { background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 10px;
  padding: 1.25rem 1.5rem; max-width: min(40rem, 92vw); }
dialog h2 { margin-top: 0; }
dialog::backdrop { background: rgb(0 0 0 / .4); }
.copy { position: relative; }
.copy > button { position: absolute; top: .4rem; right: .4rem; font-size: 12px; padding: 0 .5rem; }
.pager { display: flex; gap: 1rem; align-items: center; margin-top: .75rem; flex-wrap: wrap; }
.journal td { padding-top: .25rem; padding-bottom: .25rem; }
.journal tr[data-seq]:hover td, .journal tr:focus-within td { background: var(--hit); }
.journal .who-cell { max-width: 14rem; }
.journal tr.open-entry > td { white-space: normal; padding: .5rem 0 1rem; }
.two { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.two > * { min-width: 0; }
.tall { max-height: 24rem; overflow-y: auto; }
.switches button { display: flex; width: 100%; align-items: center; gap: .6rem; border: 0; background: none;
  padding: .25rem 0; text-align: left; }
.switches button::before { content: ""; flex: none; width: 2rem; height: 1.15rem; border-radius: 1rem;
  background: radial-gradient(circle at .575rem 50%, var(--card) .4rem, var(--dim) .43rem); }
.switches button[aria-checked="true"]::before { background:
  radial-gradient(circle at calc(100% - .575rem) 50%, var(--card) .4rem, var(--warn) .43rem); }
.button[aria-current] { background: var(--plain-ground); }
.row-actions { display: inline-flex; gap: .75rem; }
td .actions { flex-wrap: nowrap; }
.below { margin-top: 1rem; }
.calls td:first-child { min-width: 29rem; }
.big { font-size: 1.4rem; margin: 0; }
.filters { margin-bottom: .5rem; }
@media (max-width: 60rem) { .opt { display: none; } }
.copy > pre { padding-right: 5rem; }
.copy.line { display: flex; gap: .5rem; align-items: center; }
.copy.line > pre { flex: 1; margin: 0; padding: .35rem .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.copy.line > button { position: static; }
@media (max-width: 40rem) {
  th, td { padding-right: .6rem; }
  td.fill { min-width: 7rem; }
  .journal { font-size: 13px; }
  .journal .badge { max-width: 5rem; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
  .journal .open-entry .badge { max-width: none; }
  .journal td.fill > .small { display: block; max-width: 9.5rem; overflow: hidden; white-space: nowrap;
    text-overflow: ellipsis; }
  .stack thead { display: none; }
  .stack tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  .stack td, .stack td.fill, .calls td:first-child {
    display: block; white-space: normal; width: auto; min-width: 0; text-align: left; border: 0; padding: .1rem 0; }
  .stack td.opt, .stack td:empty { display: none; }
  .copy > button { position: static; }
  .copy > pre { padding-right: 1rem; }
  main { padding: .75rem 1rem 3rem; }
  .top { padding: .5rem 1rem; }
  dl.pairs { grid-template-columns: 1fr; gap: 0; }
  dl.pairs dd { margin-bottom: .5rem; }
}
@media (prefers-reduced-motion: no-preference) { .fresh { animation: fresh 1s; } }
@keyframes fresh { from { background: var(--hit); } }
`;

/** A planet and its moon. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="7" fill="#1b5cc0"/>
<circle cx="16" cy="16" r="13" fill="none" stroke="#8ab4f8" stroke-width="1.5"/><circle cx="27" cy="10" r="3" fill="#8ab4f8"/></svg>`;
