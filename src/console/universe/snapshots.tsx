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
          <table>
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
                      <SnapshotForm action={`${door}/restore`} id={id} text="Return to it" />
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

function SnapshotForm({ action, id, text }: { action: string; id: string; text: string }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="snapshot" value={id} />
      <button type="submit">{text}</button>
    </form>
  );
}
