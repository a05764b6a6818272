/** The consent page as a person sees it: who they are, what the program wants in words, Allow and Deny. */
import { escaped } from '../../../../src/html.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Authorization, hintedPerson } from '../model/authorization.ts';
import { IDENTITY_SCOPES, scopeInWords } from '../scopes.ts';
import { type Account, accounts, projectOf } from '../world.ts';

/** People that the page offers; others are typed. */
const OFFERED_MAX = 20;

/** The page. Its form goes to its own address, where the request stands. */
export function consentPage(world: World, asked: Authorization): string {
  const { projectId } = projectOf(world);
  const wanted = asked.scopes.filter((scope) => !IDENTITY_SCOPES.has(scope));
  const host = new URL(asked.redirectUri).host;
  return document(
    'Sign in - Google Accounts',
    `<h1>${escaped(projectId)} wants to access your Google Account</h1>
<form method="post">
${whoField(world, asked)}
<fieldset><legend>${wanted.length > 0 ? `This will allow ${escaped(projectId)} to` : 'It will see'}</legend>
${asked.scopes.map((scope) => scopeField(scope, wanted.length > 1)).join('\n')}
</fieldset>
<p>You are led on to <b>${escaped(host)}</b>.</p>
<p class="actions"><button name="decision" value="allow" class="main">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button></p>
</form>`,
  );
}

/** What a person sees in the place of the page when the program's request is wrong. */
export const refusalPage = (status: number, name: string, detail: string): string =>
  document(
    'Error - Google Accounts',
    `<h1>Access blocked: Authorization Error</h1>
<p>${escaped(detail)}</p>
<p>If you are a developer of this app, see <b>Error ${status}: ${escaped(name)}</b>.</p>`,
  );

/** Who gives the consent: the hinted person, unless one is to choose. A typed e-mail goes before a chosen one. */
function whoField(world: World, asked: Authorization): string {
  const hinted = hintedPerson(world, asked);
  const people = world
    .list(accounts, { where: (row) => !row.serviceAccount && !row.suspended })
    .toArray(OFFERED_MAX + 1);
  const isAll = people.length <= OFFERED_MAX;
  const offered = people.slice(0, OFFERED_MAX).filter((one) => one !== hinted);
  const choices = `<div class="choices">${offered.map((one) => choice(one, isAll)).join('\n')}</div>`;
  const typed = '<label>E-mail <input name="email" type="email" autocomplete="off"></label>';
  const others = `${choices}${isAll ? '' : typed}`;
  return `<fieldset><legend>Choose an account</legend>
${hinted ? `${choice(hinted, isAll, true)}<details><summary>Use another account</summary>${others}</details>` : others}
</fieldset>`;
}

const choice = ({ name, primaryEmail }: Account, required: boolean, chosen = false) =>
  `<label><input type="radio" name="email" value="${escaped(primaryEmail)}"${required ? ' required' : ''}${chosen ? ' checked' : ''}>
<span>${escaped(name.fullName)}<small>${escaped(primaryEmail)}</small></span></label>`;

/** One of several is the person's to leave out; who they are is not. */
function scopeField(scope: string, several: boolean): string {
  const words = `<span>${escaped(scopeInWords(scope))}<small>${escaped(scope)}</small></span>`;
  const value = `name="scope" value="${escaped(scope)}"`;
  if (!several || IDENTITY_SCOPES.has(scope)) return `<p><input type="hidden" ${value}>${words}</p>`;
  return `<label><input type="checkbox" ${value} checked>${words}</label>`;
}

const document = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style></head><body><main>
${body}
</main></body></html>
`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#f0f4f9, #1e1f20); }
main { max-width: 30rem; margin: 8vh auto; padding: 1.5rem 2rem; border-radius: 1.25rem;
  background: light-dark(#fff, #0e0e0e); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; font-weight: 500; line-height: 1.3; margin: 0 0 1rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1.25rem; } legend { font-weight: 600; padding: 0; }
fieldset label, fieldset p { display: flex; gap: .75rem; align-items: baseline; margin: 0; padding: .4rem 0;
  border-bottom: 1px solid light-dark(#dde3ea, #3a3b3c); }
small { display: block; color: light-dark(#50555c, #a8abb0); }
.choices { max-height: 22rem; overflow-y: auto; } summary { cursor: pointer; padding: .4rem 0; }
.actions { display: flex; flex-direction: row-reverse; gap: .75rem; margin: 1rem 0 0; }
button { font: inherit; padding: .5rem 1.5rem; border-radius: 2rem; border: 1px solid light-dark(#747775, #8e918f);
  background: none; color: light-dark(#0b57d0, #a8c7fa); cursor: pointer; }
.main { background: light-dark(#0b57d0, #a8c7fa); color: light-dark(#fff, #062e6f); border-color: transparent; }
:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
@media (max-width: 34rem) { main { margin: 0; border-radius: 0; min-height: 100vh; padding: 1.5rem; } }`;
