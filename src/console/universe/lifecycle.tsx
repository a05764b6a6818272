/** Fork, reset, drop: each asks first, on a page of its own that works without a script. */
import type { Child } from 'hono/jsx';
import { field, readForm } from '../form.ts';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { tabPath, universePage } from './frame.tsx';
import { NamingFields } from './naming.tsx';

/** Adds `…/fork`, `…/reset` and `…/drop`. */
export function lifecycleRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  asks(app, deps, 'fork', <ForkQuestion />);
  asks(
    app,
    deps,
    'reset',
    <p>Reset it? Rows, ids, credentials and faults go back to how they began; the journal is emptied.</p>,
  );
  asks(app, deps, 'drop', <p>Drop it? Its state, journal, snapshots and credentials are gone for good.</p>);
  app.post('/console/u/:universe/fork', async (c) => {
    const universe = deps.universe(c).id;
    const form = await readForm(c);
    let to = tabPath(universe, 'journal');
    return deps.act(
      c,
      () => to,
      async () => {
        const body: Record<string, string> = {};
        for (const name of ['id', 'name', 'credentials']) {
          const text = field(form, name);
          if (text !== undefined) body[name] = text;
        }
        const made = (await deps.call(c, 'forkUniverse', { params: { universe }, body })) as { id: string };
        to = tabPath(made.id, 'journal');
        return `${made.id} has the contents that ${universe} has now`;
      },
    );
  });
  app.post('/console/u/:universe/reset', (c) => {
    const universe = deps.universe(c).id;
    return deps.act(c, tabPath(universe, 'journal'), async () => {
      await deps.call(c, 'resetUniverse', { params: { universe } });
      return `${universe} is as it began`;
    });
  });
  app.post('/console/u/:universe/drop', (c) => {
    const universe = deps.universe(c).id;
    return deps.act(c, '/', async () => {
      await deps.call(c, 'deleteUniverse', { params: { universe } });
      return `${universe} is gone`;
    });
  });
}

function asks(app: ConsoleHono, deps: ConsoleDeps, verb: 'fork' | 'reset' | 'drop', question: Child): void {
  const name = verb.charAt(0).toUpperCase() + verb.slice(1);
  app.get(`/console/u/:universe/${verb}`, (c) => {
    const universe = deps.universe(c);
    const children = (
      <form class="card narrow" method="post" action={`/console/u/${universe.id}/${verb}`}>
        <h2>
          {name} {universe.id}
        </h2>
        {question}
        <p class="actions">
          <button class={verb === 'fork' ? 'main' : 'danger'} type="submit" autofocus={verb === 'fork'}>
            {name}
          </button>
          <a class="button" href={tabPath(universe.id, 'journal')}>
            Cancel
          </a>
        </p>
      </form>
    );
    return c.html(universePage({ universe, visit: c.get('visit'), tab: verb, children }));
  });
}

function ForkQuestion() {
  return (
    <>
      <p>A universe with the same contents; what happens in one then changes nothing in the other.</p>
      <NamingFields />
      <label>
        Credentials
        <select name="credentials">
          <option value="same">the same</option>
          <option value="fresh">fresh ones</option>
        </select>
      </label>
    </>
  );
}
