/** How programs get in: base URLs, environment to paste, credentials that are good, and new ones. */
import { universeDocument } from '../../control/document.ts';
import { asProblem } from '../../control/problem.ts';
import { envText } from '../../control/routes/env.ts';
import type { CredentialInfo } from '../../twin.ts';
import type { Universe } from '../../universe.ts';
import { field, readForm } from '../form.ts';
import type { ConsoleContext, ConsoleDeps, ConsoleHono } from '../visit.ts';
import { tabPath, universePage } from './frame.tsx';

/** Credentials that a page lists. */
const SHOWN_MAX = 100;

/** Adds `…/doors` and its forms. */
export function doorRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  const at = '/console/u/:universe/doors';
  app.get(at, (c) => doors(c, deps));
  // A secret is shown once, in the answer itself: it is never kept to be carried over a redirect.
  app.post(at, async (c) => {
    const universe = deps.universe(c).id;
    const form = await readForm(c);
    const scopes = field(form, 'scopes')?.split(/[\s,]+/);
    const body: Record<string, unknown> = scopes ? { scopes } : {};
    for (const name of ['twin', 'kind', 'as', 'app', 'expiresIn']) {
      const text = field(form, name);
      if (text !== undefined) body[name] = text;
    }
    try {
      const made = await deps.call(c, 'mintCredential', { params: { universe }, body });
      return doors(c, deps, { made });
    } catch (error) {
      const { init } = asProblem(error);
      if (init.status === 500) throw error;
      return doors(c, deps, { refused: init.detail });
    }
  });
  app.post(`${at}/revoke`, async (c) => {
    const universe = deps.universe(c).id;
    const form = await readForm(c);
    const credential = field(form, 'credential') ?? '';
    const twin = field(form, 'twin');
    return deps.act(c, `${tabPath(universe, 'doors')}#credentials`, async () => {
      const query = twin === undefined ? {} : { twin };
      await deps.call(c, 'revokeCredential', { params: { universe, credential }, query });
      return `${credential} is revoked`;
    });
  });
}

interface Outcome {
  made?: unknown;
  refused?: string;
}

function doors(c: ConsoleContext, deps: ConsoleDeps, outcome: Outcome = {}): Response | Promise<Response> {
  const universe = deps.universe(c);
  const visit = c.get('visit');
  const notice =
    outcome.refused === undefined ? {} : { notice: { kind: 'wrong' as const, text: outcome.refused } };
  const children = (
    <>
      {outcome.made === undefined ? '' : <Made made={outcome.made} />}
      <Addresses universe={universe} />
      <Credentials universe={universe} twin={c.req.query('twin')} />
      <Mint universe={universe} />
    </>
  );
  const page = universePage({ universe, visit: { ...visit, ...notice }, tab: 'doors', children });
  return c.html(page, outcome.refused === undefined ? 200 : 422);
}

function Made({ made }: { made: unknown }) {
  return (
    <section class="notice done" role="status">
      <p>The credential is made. Its secret is shown here only:</p>
      <div class="copy">
        <pre>{JSON.stringify(made, null, 2)}</pre>
      </div>
    </section>
  );
}

function Addresses({ universe }: { universe: Universe }) {
  const { twins, env } = universeDocument(universe);
  const proxied = env.HTTPS_PROXY !== undefined;
  return (
    <>
      <h2>Base URLs</h2>
      <div class="grid">
        {universe.twins.map(({ name, title }) => (
          <section class="card">
            <h3>{title}</h3>
            <div class="copy line">
              <pre>{twins[name]?.url}</pre>
            </div>
            {twins[name]?.origin === undefined ? '' : <p class="small">or {twins[name]?.origin}</p>}
          </section>
        ))}
      </div>
      <h2>Environment</h2>
      <p class="dim small">
        {proxied
          ? 'With the proxy’s variables a program that speaks to the vendors’ own addresses lands here, unchanged.'
          : 'For programs that take a base URL. A server that is started with --proxy-port adds the lines by which a program that speaks to the vendors’ own addresses lands here, unchanged.'}
      </p>
      <details open>
        <summary>Shell</summary>
        <div class="copy">
          <pre>{envText(env, 'shell')}</pre>
        </div>
      </details>
      <details>
        <summary>.env</summary>
        <div class="copy">
          <pre>{envText(env, 'dotenv')}</pre>
        </div>
      </details>
    </>
  );
}

function Credentials({ universe, twin }: { universe: Universe; twin: string | undefined }) {
  const asked = universe.twins.filter(({ name }) => !twin || name === twin);
  const all = asked.flatMap((one) =>
    one.credentials.list(universe.view(one.name, universe.publicBase(one.name))),
  );
  return (
    <section id="credentials">
      <h2>
        Credentials <span class="dim">{all.length}</span>
      </h2>
      <p class="actions">
        <a class="button" href="?#credentials" {...(twin ? {} : { 'aria-current': 'true' })}>
          all
        </a>
        {universe.twins.map(({ name, title }) => (
          <a
            class="button"
            href={`?twin=${name}#credentials`}
            {...(twin === name ? { 'aria-current': 'true' } : {})}
          >
            {title}
          </a>
        ))}
      </p>
      {all.length === 0 ? (
        <div class="empty">None.</div>
      ) : (
        <List universe={universe} rows={all.slice(0, SHOWN_MAX)} />
      )}
      {all.length > SHOWN_MAX ? (
        <p class="dim">
          … and {all.length - SHOWN_MAX} more: <code>GET /v1/universes/{universe.id}/credentials</code>
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

function List({ universe, rows }: { universe: Universe; rows: readonly CredentialInfo[] }) {
  return (
    <div class="wide tall">
      <table class="stack">
        <thead>
          <tr>
            <th>Twin</th>
            <th>Kind</th>
            <th>Whose</th>
            <th class="opt">Scopes</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, twin, kind, as, app, scopes }) => (
            <tr>
              <td>
                <span class="badge">{twin}</span>
              </td>
              <td title={id}>{kind}</td>
              <td class="fill">{[as, app].filter(Boolean).join(', ')}</td>
              <td class="opt cut small" title={scopes?.join(' ')}>
                {scopes?.join(' ')}
              </td>
              <td>
                <form method="post" action={`${tabPath(universe.id, 'doors')}/revoke`}>
                  <input type="hidden" name="twin" value={twin} />
                  <input type="hidden" name="credential" value={id} />
                  <button class="danger" type="submit">
                    Revoke
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Mint({ universe }: { universe: Universe }) {
  return (
    <details class="below" id="mint">
      <summary>Make a new credential</summary>
      <div class="grid below">
        {universe.twins.map(({ name, title, credentials: { kinds } }) => (
          <form class="card" method="post" action={tabPath(universe.id, 'doors')}>
            <h3>{title}</h3>
            <input type="hidden" name="twin" value={name} />
            <label>
              Kind
              <select name="kind">
                {kinds.map((kind) => (
                  <option value={kind}>{kind}</option>
                ))}
              </select>
            </label>
            <label>
              For (a person’s e-mail)
              <input name="as" list="people" />
            </label>
            <label>
              App
              <input name="app" />
            </label>
            <label>
              Scopes
              <input name="scopes" placeholder="what the app has" />
            </label>
            <label>
              Expires in
              <input name="expiresIn" placeholder="1h" />
            </label>
            <button type="submit">Make it</button>
          </form>
        ))}
      </div>
      <datalist id="people">
        {universe.cast.slice(0, SHOWN_MAX).map(({ email }) => (
          <option value={email} />
        ))}
      </datalist>
    </details>
  );
}
