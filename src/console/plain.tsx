/** Pages that show nothing of any universe: sign in, and what was refused. */
import { type Page, page } from './page.tsx';
import type { Visit } from './visit.ts';

/** Asks for a key; afterwards the browser goes to `to`. */
export function signInPage({ to, wrong = false }: { to: string; wrong?: boolean }): Page {
  return page({
    title: 'Sign in',
    section: 'universes',
    children: (
      <form class="card narrow" method="post" action="/console/signin">
        <p>This server asks for a key: a tenant’s, or the operator’s.</p>
        {wrong ? (
          <p class="notice wrong" role="alert">
            That key is not known here.
          </p>
        ) : (
          ''
        )}
        <input type="hidden" name="to" value={to} />
        <label>
          Key
          <input type="password" name="key" required autocomplete="current-password" autofocus />
        </label>
        <p class="actions">
          <button class="main" type="submit">
            Sign in
          </button>
        </p>
        <p class="dim">
          Programs send <code>authorization: Bearer …</code> to <code>/v1</code>.
        </p>
      </form>
    ),
  });
}

const TITLES: Readonly<Record<number, string>> = {
  403: 'Not allowed',
  404: 'Nothing is here',
  429: 'Too many requests',
  500: 'A mistake of ours',
};

/** Says what was refused and leads back. */
export function problemPage(parts: {
  status: number;
  detail: string;
  version: string;
  visit?: Visit | undefined;
  /** Id of the universe that the page is of, where there is one. */
  universe?: string | undefined;
}): Page {
  const { universe } = parts;
  return page({
    title: TITLES[parts.status] ?? 'That cannot be done',
    section: 'universes',
    ...(parts.visit ? { visit: parts.visit } : {}),
    children: (
      <div class="empty">
        <p>{parts.detail}</p>
        <p>
          {universe === undefined ? '' : <a href={`/console/u/${universe}`}>Back to {universe}</a>}{' '}
          <a href="/">All universes</a>
        </p>
      </div>
    ),
  });
}
