import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../src/pipeline.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { jiraPath } from '../../../twins/jira/wire.ts';
import { specFolder } from '../openApi.ts';
import { CY } from './site.ts';
import { STORIES } from './stories/all.ts';
import { atRoot, described, openTeller, type Teller } from './stories/teller.ts';

const { router } = compileTwin(jira);

interface Described {
  operationId?: string;
  description?: string;
}

/** The operations that, by their descriptions, only administrators of Jira may use. */
function forAdministrators(): Set<string> {
  const file = new URL('jira-platform-v3.json', specFolder('jira'));
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, Described>>;
  };
  const ids = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ description = '' }) => ONLY.test(description))
    .flatMap(({ operationId }) => operationId ?? []);
  return new Set(ids);
}
const ONLY =
  /required:\*\*\s+(?:\*Administer Jira\* \[global permission\]\([^)]*\)|Site administration[^\n]*)\.?\s*$/;

describe.skipIf(!described.there)('what is for administrators', () => {
  const ids = described.there ? forAdministrators() : new Set<string>();

  for (const { says, world, tell } of STORIES)
    it(`is refused to others: ${says}`, async () => {
      const teller = await openTeller(world);
      const wrongs: string[] = [];
      await tell(asking(teller, ids, wrongs));
      expect(wrongs).toEqual([]);
    });
});

/** A teller that lets an ordinary person ask everything first. */
function asking(teller: Teller, ids: ReadonlySet<string>, wrongs: string[]): Teller {
  const { site } = teller;
  let as: string | undefined;
  const ask = async (method: string, path: string, body?: unknown) => {
    const match = router.match(method, jiraPath(path.split('?', 1)[0] ?? ''));
    const id = 'target' in match ? match.target.endpoint?.id : undefined;
    if (id === undefined || !ids.has(id)) return;
    as ??= site.basicFor(CY);
    const before = site.universe.snapshot('before', 'before');
    const { status } = await site.callAs(as, method, path, body);
    if (status !== 403 && status !== 404) wrongs.push(`${id} answered ${status}`);
    if (status < 400) site.universe.restore(before);
  };
  return {
    ...teller,
    async get(path) {
      await ask('GET', atRoot(path));
      return teller.get(path);
    },
    async send(method, path, body) {
      await ask(method, atRoot(path), body);
      return teller.send(method, path, body);
    },
    async ask(method, path, body) {
      await ask(method, atRoot(path), body);
      return teller.ask(method, path, body);
    },
  };
}
