/** The pages of the sign-in as a person sees them: who they are, what the program wants in words, Allow and Deny. */
import { escaped } from '../../../../src/html.ts';
import type { World } from '../../../../src/world/world.ts';
import type { LedBack } from '../model/consent.ts';
import { IDENTITY_SCOPES, scopeInWords } from '../scopes.ts';
import { type Account, accounts } from '../world.ts';

/** People that the page offers; others are typed. */
const OFFERED_MAX = 20;

/** What the page asks about. */
export interface Asking {
  /** Who wants it, as the page says it. */
  program: string;
  scopes: readonly string[];
  /** The person whom it is for, chosen beforehand. */
  hinted?: Account | undefined;
  /** Whether somebody may be chosen at all; anybody where absent. */
  mayChoose?: (email: string) => boolean;
  /** Where the person is led to from here, in HTML. */
  onward: string;
  /** Fields that go along with the form. */
  hidden?: Readonly<Record<string, string>>;
}

/** The page. Its form goes to its own address. */
export function consentPage(world: World, asking: Asking): string {
  const { program, scopes, onward, hidden = {} } = asking;
  const wanted = scopes.filter((scope) => !IDENTITY_SCOPES.has(scope));
  const along = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return document(
    'Sign in - Google Accounts',
    `<h1>${escaped(program)} wants to access your Google Account</h1>
<form method="post">${along.join('')}
${whoField(world, asking)}
<fieldset><legend>${wanted.length > 0 ? `This will allow ${escaped(program)} to` : 'It will see'}</legend>
${scopes.map((scope) => scopeField(scope, wanted.length > 1)).join('\n')}
</fieldset>
<p>${onward}</p>
<p class="actions"><button name="decision" value="allow" class="main">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button></p>
</form>`,
  );
}

/** Where a person types the code that a device shows; `wrong` says what was wrong with the last one. */
export const devicePage = (typed: string, wrong?: string): string =>
  document(
    'Connect a device - Google Accounts',
    `<h1>Connect a device</h1>
<form method="get">
${wrong === undefined ? '' : `<p role="alert" class="wrong" id="wrong">${escaped(wrong)}</p>`}
<p class="typed"><label for="code">Enter the code displayed on your device</label>
<input id="code" name="user_code" value="${escaped(typed)}" required maxlength="20" autocomplete="off"
autocapitalize="characters" spellcheck="false"${wrong === undefined ? '' : ' aria-invalid="true" aria-describedby="wrong"'}></p>
<p class="actions"><button class="main">Next</button></p>
</form>`,
  );

/** What a person sees when all is said. */
export const donePage = (title: string, detail: string): string =>
  document(`${title} - Google Accounts`, `<h1>${escaped(title)}</h1>\n<p>${escaped(detail)}</p>`);

/** A form that the browser sends on by itself: `response_mode=form_post`. */
export const formPostPage = ({ to, params }: LedBack): string =>
  document(
    'Sign in - Google Accounts',
    `<form method="post" action="${escaped(to)}">
${params.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('\n')}
<p class="actions"><button class="main">Continue</button></p>
</form>
<script>${SENDS_ITSELF}</script>`,
  );

/** The one script that a page may run. */
export const SENDS_ITSELF = 'document.forms[0].submit()';

/** What a person sees in the place of the page when the program's request is wrong. */
export const refusalPage = (status: number, name: string, detail: string): string =>
  document(
    'Error - Google Accounts',
    `<h1>Access blocked: Authorization Error</h1>
<p>${escaped(detail)}</p>
<p>If you are a developer of this app, see <b>Error ${status}: ${escaped(name)}</b>.</p>`,
  );

/** Who gives the consent: the hinted person, unless one is to choose. A typed e-mail goes before a chosen one. */
function whoField(world: World, { hinted, mayChoose }: Asking): string {
  const people = world
    .list(accounts, {
      where: (row) => !row.serviceAccount && !row.suspended && (mayChoose?.(row.primaryEmail) ?? true),
    })
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
.typed label { display: block; margin-bottom: .4rem; }
.typed input { font: 1.5rem ui-monospace, monospace; letter-spacing: .15em; text-transform: uppercase; width: 100%;
  box-sizing: border-box; padding: .5rem .75rem; border-radius: .5rem; border: 1px solid light-dark(#747775, #8e918f); }
.code { white-space: nowrap; } .wrong { color: light-dark(#b3261e, #f2b8b5); }
.main { background: light-dark(#0b57d0, #a8c7fa); color: light-dark(#fff, #062e6f); border-color: transparent; }
:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
@media (max-width: 34rem) { main { margin: 0; border-radius: 0; min-height: 100vh; padding: 1.5rem; } }`;
