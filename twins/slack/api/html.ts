/** Pages of Slack's web site, as far as programs lead people there. */
import { escaped } from '../../../src/html.ts';

/** A whole page; `body` is HTML. */
export const document = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} | Slack</title>
<style>${STYLE}</style></head><body><main>
${body}
</main></body></html>
`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 Lato, system-ui, sans-serif; background: light-dark(#f8f8f8, #1a1d21);
  color: light-dark(#1d1c1d, #d1d2d3); }
main { max-width: 34rem; margin: 6vh auto; padding: 2rem; border-radius: .75rem; overflow-wrap: anywhere;
  background: light-dark(#fff, #222529); box-shadow: 0 1px 4px #0003; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; } h2 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .5rem 0; border-bottom: 1px solid light-dark(#ddd, #3b3d42); }
small { display: block; color: light-dark(#5c5b5d, #ababad); }
label { display: block; margin: 0 0 1rem; font-weight: 700; }
select, input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem;
  margin-top: .25rem; }
.actions { display: flex; justify-content: flex-end; gap: .75rem; margin: 1.5rem 0 0; }
button { font: inherit; font-weight: 700; padding: .5rem 1.75rem; border-radius: .25rem; cursor: pointer;
  border: 1px solid light-dark(#bbb, #797c81); background: none; color: inherit; }
.main { background: #007a5a; border-color: #007a5a; color: #fff; }
:focus-visible { outline: 3px solid #1d9bd1; outline-offset: 2px; }
@media (max-width: 36rem) { main { margin: 0; border-radius: 0; min-height: 100vh; padding: 1.25rem; } }`;
