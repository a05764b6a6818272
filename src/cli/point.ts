/** `orrery universe snapshot|restore|diff|state|credential|deliveries|gaps`: what a universe holds and held. */
import type { Command } from 'commander';
import type { StateDocument } from '../client.ts';
import type { Diff } from '../control/diff.ts';
import { type ConnectionDeps, reach, type ServerFlags, universeOf, within } from './connection.ts';
import { readDocument } from './file.ts';
import { answer, type Io, paint, tabulate } from './output.ts';

type Flags = ServerFlags & { universe?: string };

/** Adds the commands to the group. */
export function pointCommands(group: Command, deps: ConnectionDeps): void {
  snapshots(group, deps);
  rows(group, deps);
  credentials(group, deps);
  sent(group, deps);
}

function snapshots(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  within(
    group.command('snapshot').argument('[name]').summary('name this point; without a name, list the points'),
  ).action(async (name: string | undefined, flags: Flags) => {
    const u = universeOf(io, flags);
    if (name !== undefined)
      return answer(
        io,
        flags.json,
        await reach(deps, flags, (orrery) => orrery.takeSnapshot(u, { name })),
        (one) => one.id,
      );
    const { snapshots } = await reach(deps, flags, (orrery) => orrery.listSnapshots(u));
    answer(io, flags.json, { snapshots }, () =>
      tabulate(
        io,
        snapshots,
        [
          ['ID', (s) => s.id],
          ['NAME', (s) => s.name],
          ['NOW', (s) => s.now],
        ],
        `${u} has no snapshots`,
      ),
    );
  });
  within(group.command('restore').argument('<snapshot>').summary('back to a snapshot, by id or name')).action(
    async (snapshot: string, flags: Flags) => {
      const u = universeOf(io, flags);
      const back = await reach(deps, flags, (orrery) => orrery.restoreSnapshot(u, snapshot));
      answer(io, flags.json, back, () => `${u} is back at ${snapshot}`);
    },
  );
}

function rows(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  within(group.command('diff').summary('what was made, changed and deleted'))
    .option('--from <point>', '`beginning` (unless said), `now`, or a snapshot')
    .option('--to <point>', '`now` (unless said), `beginning`, or a snapshot')
    .action(async (flags: Flags & { from?: string; to?: string }) => {
      const { from, to } = flags;
      const query = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
      const diff = await reach(deps, flags, (orrery) => orrery.diffUniverse(universeOf(io, flags), query));
      answer(io, flags.json, diff, () => diffLines(io, diff));
    });
  const state = group.command('state').summary('export and import rows');
  within(state.command('export').summary('print rows as JSON'))
    .option('--twin <twin>', 'only of this twin')
    .option('--table <table>', 'only of this table')
    .action(async (flags: Flags & { twin?: string; table?: string }) => {
      const { twin, table } = flags;
      const query = { ...(twin ? { twin } : {}), ...(table ? { table } : {}) };
      answer(
        io,
        true,
        await reach(deps, flags, (orrery) => orrery.exportState(universeOf(io, flags), query)),
        String,
      );
    });
  within(state.command('import').argument('<file>', 'what export printed; - is the standard input'))
    .summary('put tables in the place of those that are there')
    .action(async (file: string, flags: Flags) => {
      const body = readDocument(file).value as StateDocument;
      const put = await reach(deps, flags, (orrery) => orrery.importState(universeOf(io, flags), body));
      answer(io, flags.json, put, ({ rows }) =>
        Object.entries(rows)
          .flatMap(([twin, tables]) =>
            Object.entries(tables).map(([table, count]) => `${twin}.${table} ${count}`),
          )
          .join('\n'),
      );
    });
}

function credentials(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  within(group.command('credentials').summary('list credentials, without their secrets')).action(
    async (flags: Flags) => {
      const { credentials } = await reach(deps, flags, (orrery) =>
        orrery.listCredentials(universeOf(io, flags)),
      );
      const text = (value: unknown) =>
        Array.isArray(value) ? value.join(' ') : value === undefined ? '' : String(value);
      answer(io, flags.json, { credentials }, () =>
        tabulate(
          io,
          credentials,
          [
            ['TWIN', (one) => one.twin],
            ['KIND', (one) => one.kind],
            ['ID', (one) => one.id],
            ['AS', (one) => text(one.as)],
            ['APP', (one) => text(one.app)],
          ],
          'no credentials',
        ),
      );
    },
  );
  within(group.command('mint').argument('<twin>').argument('<kind>').summary('make a credential'))
    .option('--as <email>', 'whose')
    .option('--app <app>', 'of which app')
    .option('--scopes <scope...>', 'what it may')
    .option('--expires-in <duration>', 'for how long')
    .action(
      async (
        twin: string,
        kind: string,
        flags: Flags & { as?: string; app?: string; scopes?: string[]; expiresIn?: string },
      ) => {
        const { as, app, scopes, expiresIn } = flags;
        const body = {
          ...{ twin, kind },
          ...(as ? { as } : {}),
          ...(app ? { app } : {}),
          ...(scopes ? { scopes } : {}),
          ...(expiresIn ? { expiresIn } : {}),
        };
        answer(
          io,
          flags.json,
          await reach(deps, flags, (orrery) => orrery.mintCredential(universeOf(io, flags), body)),
          (one) =>
            Object.entries(one.secret)
              .map(([name, value]) => `${name}  ${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join('\n'),
        );
      },
    );
}

function sent(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  within(group.command('deliveries').summary('events and webhooks: what was sent where')).action(
    async (flags: Flags) => {
      const { deliveries } = await reach(deps, flags, (orrery) =>
        orrery.listDeliveries(universeOf(io, flags), { limit: 1_000 }),
      );
      answer(io, flags.json, { deliveries }, () =>
        tabulate(
          io,
          deliveries,
          [
            ['ID', (one) => one.id],
            ['TWIN', (one) => one.twin],
            ['EVENT', (one) => one.event],
            ['STATUS', (one) => one.status],
            ['TRIES', (one) => one.attempts],
            ['TO', (one) => one.to],
            ['LAST', (one) => one.lastFailure ?? one.lastStatus],
          ],
          'nothing was sent',
        ),
      );
    },
  );
  within(group.command('redeliver').argument('<delivery>').summary('send it once more')).action(
    async (id: string, flags: Flags) =>
      answer(
        io,
        flags.json,
        await reach(deps, flags, (orrery) => orrery.redeliver(universeOf(io, flags), id)),
        () => `${id} is due`,
      ),
  );
  within(group.command('gaps').summary('operations that programs asked for and no twin has')).action(
    async (flags: Flags) => {
      const { gaps } = await reach(deps, flags, (orrery) => orrery.listGaps(universeOf(io, flags)));
      answer(io, flags.json, { gaps }, () =>
        tabulate(
          io,
          gaps,
          [
            ['TWIN', (one) => one.twin],
            ['OPERATION', (one) => one.operation],
            ['ASKED', (one) => one.count],
            ['LAST', (one) => `${one.method} ${one.path}`],
          ],
          'no gaps',
        ),
      );
    },
  );
}

function diffLines(io: Io, diff: Diff): string {
  const lines = Object.entries(diff.twins).flatMap(([twin, tables]) =>
    Object.entries(tables).flatMap(([table, { created, updated, deleted }]) => [
      ...created.map(({ key }) => paint(io, 'green', `+ ${twin}.${table} ${key}`)),
      ...updated.map(
        ({ key, changed }) =>
          `${paint(io, 'yellow', `~ ${twin}.${table} ${key}`)}  ${changed.map((one) => one.pointer).join(' ')}`,
      ),
      ...deleted.map(({ key }) => paint(io, 'red', `- ${twin}.${table} ${key}`)),
    ]),
  );
  if (diff.truncated) lines.push(`… of ${diff.rows} rows: --json with a limit shows more`);
  return lines.join('\n') || 'nothing differs';
}
