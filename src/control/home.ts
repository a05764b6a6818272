/** The start page: what runs here and where to go on. Plain HTML, no script. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Registry } from '../registry.ts';
import type { ControlOptions } from './route.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const SHOWN_MAX = 200;

/** The page. In keyed mode it names no universe: a page carries no key. */
export function homePage(registry: Registry, options: ControlOptions): Html {
  const twins = [...registry.twins.values()].map(({ twin }) => twin);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Orrery</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
  <h1>Orrery</h1>
  <p>${options.version} · ${twins.map((twin) => twin.title).join(', ')}</p>
</header>
<main>
${registry.tenants.keyed ? keyedNote() : universeTable(registry, options)}
<section>
  <h2>Doors</h2>
  <ul>
    <li><a href="/v1">/v1</a> what the control API has; <a href="/v1/openapi.json">its description</a></li>
    <li><a href="/v1/coverage">/v1/coverage</a> every operation of the vendors, and whether it is there</li>
    <li><a href="/v1/faults">/v1/faults</a> what can go wrong on purpose</li>
    <li><a href="/metrics">/metrics</a> for Prometheus; <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a></li>
  </ul>
</section>
</main>
</body>
</html>`;
}

function universeTable(registry: Registry, options: ControlOptions): Html {
  const universes = registry.list();
  const rows = universes.slice(0, SHOWN_MAX).map((universe) => {
    const door = `/v1/universes/${universe.id}`;
    return html`<tr>
  <td><a href="${door}">${universe.id}</a></td>
  <td>${universe.name}</td>
  <td class="n">${universe.seed}</td>
  <td>${universe.clock.mode}</td>
  <td><time>${new Date(universe.now()).toISOString().slice(0, 19)}Z</time></td>
  <td class="n">${universe.journal.end}</td>
  <td class="n">${universe.faults.active.length}</td>
  <td><a href="${door}/env?format=shell">environment</a> · <a href="${door}/journal">journal</a> ·
    <a href="${door}/state">state</a> · <a href="${door}/faults">faults</a></td>
</tr>`;
  });
  const more = universes.length > SHOWN_MAX ? html`<p>… and ${universes.length - SHOWN_MAX} more.</p>` : '';
  return html`<section>
<h2>Universes <span>${universes.length}</span></h2>
${
  universes.length === 0
    ? html`<p>None yet. Make one:</p>`
    : html`<div class="wide"><table>
<thead><tr><th>Id</th><th>Name</th><th class="n">Seed</th><th>Clock</th><th>Universe time</th>
<th class="n">Journal</th><th class="n">Faults</th><th>See</th></tr></thead>
<tbody>${rows}</tbody></table></div>${more}`
}
<pre>curl -X POST ${options.publicUrl()}/v1/universes
orrery universe create</pre>
</section>`;
}

const keyedNote = (): Html => html`<section>
<h2>Universes</h2>
<p>This server asks for a key. Send <code>authorization: Bearer …</code> to <code>/v1/universes</code>, or set
<code>ORRERY_KEY</code> and run <code>orrery universe list</code>.</p>
</section>`;

const STYLE = `
:root { color-scheme: light dark; --ink: #1a2233; --dim: #5b667a; --line: #dbe1ea; --ground: #fbfcfe; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf2; --dim: #97a3b8; --line: #2c3547; --ground: #121722; --link: #8ab4f8; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
header, main { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; display: flex; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -.01em; }
header p { margin: 0; color: var(--dim); }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem; }
h2 span { color: var(--dim); font-weight: 400; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--dim); font-weight: 500; }
.n { text-align: right; padding-right: 1.25rem; }
ul { padding-left: 1.1rem; }
pre { border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; }
pre, code { font: 13px/1.5 ui-monospace, monospace; }
`;
