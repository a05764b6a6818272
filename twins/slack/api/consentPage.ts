/** The page on which an app asks to be let in: who is asked, what it wants in words, Cancel and Allow. */

import { escaped } from '../../../src/html.ts';
import type { World } from '../../../src/world/world.ts';
import { CONSENT_CHOICES_MAX } from '../limits.ts';
import type { ConsentRequest } from '../model/apps/authorization.ts';
import { theTeam } from '../model/people/team.ts';
import { scopeWords } from '../scopeWords.ts';
import { channels, type User, users } from '../world.ts';
import { document } from './html.ts';

/** The page. Its form goes to its own address, where the request stands. */
export function consentPage(world: World, asked: ConsentRequest): string {
  const { name } = asked.app;
  const team = theTeam(world);
  const title =
    asked.flow === 'openid'
      ? `Sign in to ${name} with Slack`
      : `${name} is requesting permission to access the ${team.name} Slack workspace`;
  return document(
    title,
    `<h1>${escaped(title)}</h1>
<form method="post">
<label>You are signed in as ${people(world)}</label>
${wanted(asked.scopes, `What will ${name} be able to do?`)}
${wanted(asked.user_scopes, 'On your behalf, it will be able to')}
${asked.scopes.includes('incoming-webhook') ? `<h2>Where should ${escaped(name)} post?</h2>${places(world)}` : ''}
<p class="actions"><button name="decision" value="cancel" formnovalidate>Cancel</button>
<button name="decision" value="allow" class="main">Allow</button></p>
</form>`,
  );
}

/** What a person sees in the place of the page where the app asks wrongly. */
export const refusalPage = (name: string, detail: string): string =>
  document(
    'Authorization Error',
    `<h1>Something went wrong when authorizing this app.</h1>
<p>Try going back and authorizing again. If problems persist, contact support for help.</p>
<h2>Error details</h2>
<p>${escaped(detail)}</p>
<p><small>Error code: ${escaped(name)}</small></p>`,
  );

function wanted(scopes: readonly string[], title: string): string {
  if (scopes.length === 0) return '';
  const items = scopes.map((scope) => {
    const words = escaped(scopeWords(scope) ?? scope);
    return `<li>${words}<small>${escaped(scope)}</small></li>`;
  });
  return `<h2>${escaped(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

/** A list to choose from; in a workspace with more people, an e-mail to be typed. */
function people(world: World): string {
  const found = world.list(users, { index: 'roll', where: isPerson }).toArray(CONSENT_CHOICES_MAX + 1);
  if (found.length > CONSENT_CHOICES_MAX)
    return '<input name="as" type="email" placeholder="you@example.com" required>';
  const options = found.map(
    ({ id, real_name, profile }) =>
      `<option value="${id}">${escaped(`${real_name} (${profile.email ?? id})`)}</option>`,
  );
  return `<select name="as" required>\n${options.join('\n')}\n</select>`;
}

/** Somebody who can sign in. */
export const isPerson = (user: User): boolean =>
  !user.is_bot && !user.deleted && user.profile.email !== undefined;

function places(world: World): string {
  const found = world
    .list(channels, { index: 'type', equals: 'public_channel', where: (row) => !row.is_archived })
    .toArray(CONSENT_CHOICES_MAX);
  const options = found.map(({ id, name }) => `<option value="${id}">#${escaped(name)}</option>`);
  return `<label>Channel <select name="channel" required>
<option value="">Search for a channel…</option>
${options.join('\n')}
</select></label>`;
}
