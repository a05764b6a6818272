import { describe, expect, it } from 'vitest';
import { permissionGrants } from '../../../twins/jira/world.ts';
import { CY } from './site.ts';
import { STORIES } from './stories/all.ts';
import { atRoot, openTeller, type Teller } from './stories/teller.ts';

/** What a person has of their own, whatever they may do in projects; and what tools of development tell by tokens. */
const OWN =
  /^jira\.(votes|tasks|dashboards|filters|favourites|apiTokens|shareScopes|users|preferences|userColumns|mails|devOpsRequests|visits|counters)$/;

/** Projects need nothing of these to be told; one asks for a person that others may then be assigned to. */
const SKIPPED = /^(an account comes|the features of a team-managed board)/;

describe('who may only browse', () => {
  for (const { says, world, tell } of STORIES.filter((one) => !SKIPPED.test(one.says)))
    it(`changes nothing but what is their own: ${says}`, async () => {
      const teller = await openTeller(world);
      teller.site.universe.work('jira', (w) => {
        for (const row of w.list(permissionGrants).toArray())
          if (row.holder.type === 'applicationRole' && !KEPT.has(row.permission))
            w.put(permissionGrants, { ...row, holder: { type: 'projectRole', value: '10002' } });
      });
      const wrongs: string[] = [];
      await tell(meddling(teller, wrongs));
      expect(wrongs).toEqual([]);
    });
});

const KEPT = new Set(['BROWSE_PROJECTS', 'ASSIGNABLE_USER']);

/** A teller that lets an onlooker try every change first. */
function meddling(teller: Teller, wrongs: string[]): Teller {
  const { site } = teller;
  const changed = new Set<string>();
  site.universe.journal.watch((_entry, changes) => {
    for (const { table } of changes) changed.add(table.name);
  });
  let as: string | undefined;
  const meddle = async (method: string, path: string, body?: unknown) => {
    as ??= site.basicFor(CY);
    const before = site.universe.snapshot('before', 'before');
    changed.clear();
    const { status } = await site.callAs(as, method, path, body);
    const others = [...changed].filter((name) => name.startsWith('jira.') && !OWN.test(name));
    if (others.length > 0) wrongs.push(`${method} ${path} answered ${status} and changed ${others}`);
    if (changed.size > 0) site.universe.restore(before);
  };
  return {
    ...teller,
    async send(method, path, body) {
      await meddle(method, atRoot(path), body);
      return teller.send(method, path, body);
    },
    async ask(method, path, body) {
      await meddle(method, atRoot(path), body);
      return teller.ask(method, path, body);
    },
  };
}
