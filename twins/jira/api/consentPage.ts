/** The page on which an app asks a person for leave: the site it wants to reach, what it wants in words, two buttons. */
import { escaped } from '../../../src/html.ts';
import type { World } from '../../../src/world/world.ts';
import { CONSENT_CHOICES_MAX } from '../limits.ts';
import type { ConsentRequest } from '../model/oauth/consent.ts';
import { siteOf } from '../model/people/people.ts';
import { scopeWords } from '../scopeWords.ts';
import { type User, users } from '../world.ts';

/** The page. Its form goes to its own address, where the request stands. */
export function consentPage(world: World, { app, scopes }: ConsentRequest): string {
  const { name, url } = siteOf(world);
  const title = `${app.name} is requesting access to your Atlassian account.`;
  const place = escaped(new URL(url).hostname);
  const items = scopes.map(
    (scope) => `<li>${escaped(scopeWords(scope) ?? scope)}<small>${escaped(scope)}</small></li>`,
  );
  return document(
    title,
    `<h1>${escaped(title)}</h1>
<form method="post">
<label>Signed in as ${people(world)}</label>
<label>Use app on <select name="site"><option value="${escaped(name)}">${place}</option></select></label>
<h2>In ${escaped(name)}, it would like to:</h2>
<ul>
${items.join('\n')}
</ul>
<p class="actions"><button name="decision" value="cancel" formnovalidate>Cancel</button>
<button name="decision" value="accept" class="main">Accept</button></p>
</form>`,
  );
}

/** What a person sees in the place of the page where the app asks wrongly. */
export const refusalPage = (name: string, detail: string): string =>
  document(
    'Something went wrong',
    `<h1>Something went wrong</h1>
<p>There was a problem with the app that sent you here. Try again, or tell the app’s maker.</p>
<h2>Error details</h2>
<p>${escaped(detail)}</p>
<p><small>${escaped(name)}</small></p>`,
  );

/** A list to choose from; on a site with more people, an e-mail to be typed. */
function people(world: World): string {
  const found = world.list(users, { where: isPerson }).toArray(CONSENT_CHOICES_MAX + 1);
  if (found.length > CONSENT_CHOICES_MAX)
    return '<input name="as" type="email" placeholder="you@example.com" required>';
  const options = found.map(
    ({ accountId, displayName, emailAddress }) =>
      `<option value="${escaped(accountId)}">${escaped(`${displayName} (${emailAddress})`)}</option>`,
  );
  return `<select name="as" required>\n${options.join('\n')}\n</select>`;
}

/** Somebody who can sign in. */
export const isPerson = (user: User): boolean => user.active && user.accountType === 'atlassian';

const document = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style></head><body><main>
${body}
</main></body></html>
`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#f7f8f9, #1d2125);
  color: light-dark(#172b4d, #b6c2cf); }
main { max-width: 30rem; margin: 6vh auto; padding: 2rem; border-radius: .25rem; overflow-wrap: anywhere;
  background: light-dark(#fff, #22272b); box-shadow: 0 1px 4px #0004; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 1rem; } h2 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .5rem 0; border-bottom: 1px solid light-dark(#dcdfe4, #39424a); }
small { display: block; color: light-dark(#626f86, #8c9bab); }
label { display: block; margin: 0 0 1rem; font-weight: 600; }
select, input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem;
  margin-top: .25rem; }
.actions { display: flex; justify-content: flex-end; gap: .75rem; margin: 1.5rem 0 0; }
button { font: inherit; font-weight: 500; padding: .5rem 1rem; border-radius: .2rem; border: 0; cursor: pointer;
  background: light-dark(#f1f2f4, #39424a); color: inherit; }
.main { background: #0c66e4; color: #fff; }
:focus-visible { outline: 3px solid #388bff; outline-offset: 2px; }
@media (max-width: 36rem) { main { margin: 0; border-radius: 0; min-height: 100vh; padding: 1.25rem; } }`;
