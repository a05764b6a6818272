/** Named points of a universe to return to. */
import type { Universe } from '../../universe.ts';
import { field, readForm } from '../form.ts';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { timeText } from './clock.tsx';
import { tabPath, universePage } from './frame.tsx';

/** Adds `…/snapshots` and its forms. */
export function snapshotRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  const at = '/console/u/:universe/snapshots';
  app.get(at, (c) => {
    const universe = deps.universe(c);
    const children = <Snapshots universe={universe} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'snapshots', children }));
  });
  app.post(at, async (c) => {
    const universe = deps.universe(c).id;
    const name = field(await readForm(c), 'name');
    return deps.act(c, tabPath(universe, 'snapshots'), async () => {
      const body = name === undefined ? {} : { name };
      const taken = (await deps.call(c, 'takeSnapshot', { params: { universe }, body })) as { name: string };
      return `${taken.name} is taken`;
    });
  });
  app.get(`${at}/restore`, (c) => {
    const universe = deps.universe(c);
    const children = <RestoreQuestion universe={universe} snapshot={c.req.query('snapshot') ?? ''} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'snapshots', children }));
  });
  for (const [verb, operation, said] of [
    ['restore', 'restoreSnapshot', 'The universe is as it was then'],
    ['delete', 'deleteSnapshot', 'The snapshot is forgotten'],
  ] as const)
    app.post(`${at}/${verb}`, async (c) => {
      const universe = deps.universe(c).id;
      const snapshot = field(await readForm(c), 'snapshot') ?? '';
      return deps.act(c, tabPath(universe, 'snapshots'), async () => {
        await deps.call(c, operation, { params: { universe, snapshot } });
        return said;
      });
    });
}

function Snapshots({ universe }: { universe: Universe }) {
  const snapshots = [...universe.snapshots.values()].reverse();
  const door = `/console/u/${universe.id}/snapshots`;
  return (
    <>
      <form class="inline filters" method="post" action={door}>
        <label>
          Name
          <input name="name" maxlength={200} placeholder="before the migration" />
        </label>
        <button class="main" type="submit">
          Take a snapshot
        </button>
      </form>
      {snapshots.length === 0 ? (
        <div class="empty">
          No snapshot yet. One costs next to nothing: it shares its rows with the present.
        </div>
      ) : (
        <div class="wide">
          <table class="stack">
            <thead>
              <tr>
                <th>Snapshot</th>
                <th class="opt">Id</th>
                <th>Time there</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {snapshots.map(({ id, name, now }) => (
                <tr>
                  <td class="fill">{name}</td>
                  <td class="opt">
                    <code>{id}</code>
                  </td>
                  <td>{timeText(now)}</td>
                  <td>
                    <span class="actions">
                      <SnapshotForm action={`${door}/restore`} asks id={id} text="Return to it" />
                      <SnapshotForm action={`${door}/delete`} id={id} text="Forget" />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function SnapshotForm(parts: { action: string; asks?: boolean; id: string; text: string }) {
  const { action, asks = false, id, text } = parts;
  return (
    <form method={asks ? 'get' : 'post'} action={action}>
      <input type="hidden" name="snapshot" value={id} />
      <button type="submit">{text}</button>
    </form>
  );
}

function RestoreQuestion({ universe, snapshot }: { universe: Universe; snapshot: string }) {
  return (
    <div class="card narrow">
      <h2>Return to {universe.snapshots.get(snapshot)?.name ?? snapshot}</h2>
      <p>
        What happened since is gone from the universe, though not from its journal. To keep it, take a
        snapshot of the present first.
      </p>
      <div class="actions">
        <SnapshotForm
          action={`${tabPath(universe.id, 'snapshots')}/restore`}
          id={snapshot}
          text="Return to it"
        />
        <a class="button" href={tabPath(universe.id, 'snapshots')}>
          Cancel
        </a>
      </div>
    </div>
  );
}
