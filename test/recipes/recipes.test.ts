/**
 * The recipes of `docs/recipes`: their blocks are taken from the pages and run as they stand, against a real server;
 * then the universe is asked what happened in it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { universeEnv } from '../../src/control/document.ts';
import { exportState } from '../../src/control/state.ts';
import { type Orrery, startOrrery } from '../../src/main.ts';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from './command.ts';
import { has } from './machine.ts';
import { blocksOf, pageNames } from './page.ts';
import { asked, type Ran, Workspace } from './run.ts';

let orrery: Orrery;
vi.setConfig({ testTimeout: PROGRAMS_MS, hookTimeout: PROGRAMS_MS });

let command: BuiltCommand;
beforeAll(async () => {
  [orrery, command] = await Promise.all([startOrrery({ port: 0 }), buildCommand()]);
});
afterAll(async () => {
  await orrery.close(100);
  command.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: rows are read in the vendors' own shapes
type Row = any;

/** What a page left behind: in the universe that its environment named, and in the one of its last `orrery exec`. */
interface After extends Ran {
  /** Rows of the named universe. */
  rows(twin: string, table: string): Row[];
  /** Exchanges of the universe of `exec`, as `operation status`. */
  asked: string[];
}

const texts = ({ rows }: After): string[] => rows('slack', 'messages').map(({ text }) => text);
const filed = ({ rows }: After, summary: string): Row =>
  rows('jira', 'issues').find(({ fields }) => fields.summary === summary);
const DONE = '10001';
const README = '../../README';

/** What each page must have done. */
const EXPECTED: Readonly<Record<string, (after: After) => unknown>> = {
  [README](after) {
    expect(texts(after)).toContain('hello');
    expect(after.output.split('\n')).toContain('daniel.whitaker@acme.example');
    expect(filed(after, 'hello').fields.status.id).not.toBe(DONE);
    expect(after.rows('google', 'files').map(({ name }) => name)).toContain('Numbers');
  },
  bolt: (after) =>
    expect
      .poll(() => texts(after), { timeout: 5_000 })
      .toEqual(expect.arrayContaining([expect.stringMatching(/^hi <@U/)])),
  curl(after) {
    expect(texts(after)).toContain('hello');
    for (const answered of ['"ok":true,"channel":', '"login":', '"accountId":', '"drive#user"'])
      expect(after.output).toContain(answered);
    expect(after.output).toMatch(/\{"ok":true,"args":\{\}\}$/);
    expect(after.asked).toEqual(['api.test 200']);
  },
  'google-auth-library': ({ asked }) => expect(asked).toEqual(['oauth2.token 200', 'drive.files.create 200']),
  googleapis({ rows, asked }) {
    expect(rows('google', 'files').map(({ name, size }) => `${name} ${size}`)).toContain('note.txt 5');
    expect(asked).toEqual([
      'oauth2.token 200',
      'sheets.spreadsheets.create 200',
      'sheets.spreadsheets.values.append 200',
    ]);
  },
  'jira-oauth': (after) => expect(filed(after, 'hello from an app')).toBeDefined(),
  'jira-js': (after) => expect(filed(after, 'hello from jira.js').fields.status.id).toBe(DONE),
  'okta-sdk-nodejs'({ rows }) {
    const group = rows('okta', 'groups').find(({ profile }) => profile.name === 'Recipe readers');
    const people = rows('okta', 'users').filter(({ profile }) => profile.department === 'IT');
    const members = rows('okta', 'groupMembers').filter(({ groupId }) => groupId === group.id);
    expect(members.map(({ userId }) => userId).sort()).toEqual(people.map(({ id }) => id).sort());
    expect(members.length).toBeGreaterThan(0);
  },
  'okta-sign-in': ({ output }) => expect(output).toBe('rae@acme.example\n'),
  'openid-client': ({ output }) => expect(output).toBe('priya.raman@acme.example\n'),
  'python-google'({ rows, asked }) {
    expect(rows('google', 'files').map(({ name }) => name)).toContain('hello from Python');
    expect(asked).toEqual([
      'oauth2.token 200',
      'sheets.spreadsheets.create 200',
      'sheets.spreadsheets.values.append 200',
    ]);
  },
  'python-jira'(after) {
    const issue = filed(after, 'hello from Python');
    expect(issue.fields.status.id).toBe(DONE);
    expect(after.rows('jira', 'comments').filter(({ issueId }) => issueId === issue.id)).toHaveLength(1);
  },
  rclone({ output, asked }) {
    expect(output).toBe('today.txt\n');
    expect(asked).toEqual(expect.arrayContaining(['oauth2.token 200', 'drive.files.create 200']));
  },
  'slack-oauth': (after) => expect(texts(after)).toContain('thank you'),
  'slack-sdk-python': (after) => expect(texts(after)).toContain('hello from Python'),
  'slack-web-api': (after) => expect(texts(after)).toEqual(expect.arrayContaining(['hello', 'and a reply'])),
};

/** Has a universe and a folder of its own, in which a page is followed and then looked at. */
async function follow(page: string, look: (after: After) => unknown): Promise<void> {
  const id = page.replace(/\W/g, '').toLowerCase();
  const universe = await orrery.registry.create({ id, seed: 1 });
  const workspace = new Workspace(command, { ...universeEnv(universe), ORRERY_URL: orrery.url });
  try {
    const ran = await workspace.runPage(page);
    await look({
      ...ran,
      rows: (twin, table) => exportState(universe, { twin, table }).twins[twin]?.[table] ?? [],
      asked: asked(workspace),
    });
  } finally {
    await workspace.close();
    orrery.registry.drop(id);
  }
}

describe('the recipe', () => {
  for (const [page, look] of Object.entries(EXPECTED)) {
    const lacking = blocksOf(page).find(({ needs }) => needs !== undefined && !has(needs))?.needs;
    it.skipIf(lacking)(
      `${page.replace('../../', '')} works as written${lacking ? ` (skipped: ${lacking} is not here)` : ''}`,
      () => follow(page, look),
    );
  }
});

describe('the pages of recipes', () => {
  /** Their blocks are run by tests of their own. */
  const elsewhere = ['docker', 'github-actions', 'mcp'];

  it('are all tested', () => {
    const tested = Object.keys(EXPECTED).filter((page) => page !== README);
    expect(pageNames().sort()).toEqual([...tested, ...elsewhere].sort());
  });

  it('are all in the table of the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(pageNames().filter((page) => !readme.includes(`(docs/recipes/${page}.md)`))).toEqual([]);
  });

  it('say of every block what it is for', () => {
    const blocks = pageNames().flatMap(blocksOf);
    expect(blocks.filter(({ use }) => use === undefined)).toEqual([]);
    expect(blocks.filter(({ use, file }) => use === 'file' && !file)).toEqual([]);
  });
});

describe('the recipe docker', () => {
  it('is good shell (its syntax only: no container runs here)', () => {
    for (const { text } of blocksOf('docker'))
      expect(spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
  });
});

/** For npm, which would ask after a newer npm besides. */
const OFFLINE = {
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
};

describe('the recipe github-actions', () => {
  it('is a workflow whose own steps run, in a universe of their own', async () => {
    const [block] = blocksOf('github-actions');
    const workflow = parse(block?.text ?? '') as { jobs: { test: { steps: { run?: string }[] } } };
    const workspace = new Workspace(command, {});
    try {
      const test = `node -e "fetch('https://slack.com/api/api.test').then((it) => process.exit(it.ok ? 0 : 1))"`;
      const project = { name: 'project', version: '1.0.0', scripts: { test } };
      workspace.write('package.json', JSON.stringify(project));
      workspace.write(
        'package-lock.json',
        JSON.stringify({ ...project, lockfileVersion: 3, packages: { '': {} } }),
      );
      for (const { run } of workflow.jobs.test.steps) if (run) await workspace.shell(run, OFFLINE);
      const asked = workspace.journal('journal.jsonl').filter(({ kind }) => kind === 'exchange');
      expect(asked).toMatchObject([{ operation: 'api.test', response: { status: 200 } }]);
    } finally {
      await workspace.close();
    }
  });
});
