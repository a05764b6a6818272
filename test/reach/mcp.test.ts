/**
 * MCP servers as an agent starts them: the configuration and the scripts are those of the recipe `mcp`, the client is
 * the SDK's own, and what the tools say comes from a universe. The servers are unmodified; only the download by `npx` is
 * left out.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from '../recipes/command.ts';
import { asked, Workspace } from '../recipes/run.ts';
import { absent, type McpClient, said, startMcp } from './mcp.ts';

vi.setConfig({ testTimeout: PROGRAMS_MS, hookTimeout: PROGRAMS_MS });

let command: BuiltCommand;
let workspace: Workspace;
let client: McpClient | undefined;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());
beforeEach(() => {
  workspace = new Workspace(command, {});
});
afterEach(async () => {
  await client?.close();
  client = undefined;
  await workspace.close();
});

/** Starts a server of the recipe. */
async function start(name: string, world?: string): Promise<McpClient> {
  client = await startMcp(workspace, name, world);
  return client;
}

const note = (name: string) => (absent(name) ? ' (skipped: test/programs is not installed)' : '');
const SLACK = '@modelcontextprotocol/server-slack';
const GO = 'slack-mcp-server-linux-amd64';
const JIRA = 'mcp-jira-cloud';
const DRIVE = '@modelcontextprotocol/server-gdrive';

describe('under orrery exec', () => {
  it.skipIf(absent(SLACK))(`${SLACK} answers from the workspace of the universe${note(SLACK)}`, async () => {
    workspace.write('world.yaml', WORLD);
    const slack = await start('slack', 'world.yaml');
    const { channels } = JSON.parse(await said(slack, 'slack_list_channels')) as { channels: Json[] };
    expect(channels.map(({ name }) => name)).toEqual(['general', 'plans']);
    const channel_id = channels[1]?.id;
    const posted = JSON.parse(await said(slack, 'slack_post_message', { channel_id, text: 'from an agent' }));
    const thread_ts = posted.ts as string;
    await said(slack, 'slack_reply_to_thread', { channel_id, thread_ts, text: 'and more' });
    await said(slack, 'slack_add_reaction', { channel_id, timestamp: thread_ts, reaction: 'eyes' });
    const history = JSON.parse(await said(slack, 'slack_get_channel_history', { channel_id }));
    expect(history.messages[0]).toMatchObject({
      text: 'from an agent',
      reply_count: 1,
      reactions: [{ name: 'eyes', count: 1 }],
    });
    const thread = JSON.parse(await said(slack, 'slack_get_thread_replies', { channel_id, thread_ts }));
    expect(thread.messages.map(({ text }: Json) => text)).toEqual(['from an agent', 'and more']);
    const { members } = JSON.parse(await said(slack, 'slack_get_users')) as { members: Json[] };
    const user_id = members.find(({ real_name }) => real_name === 'Ann Archer')?.id;
    const { profile } = JSON.parse(await said(slack, 'slack_get_user_profile', { user_id }));
    expect(profile.email).toBe('ann@acme.example');
  });

  it.skipIf(absent(GO))(
    `slack-mcp-server (Go) answers from the workspace of the universe${note(GO)}`,
    async () => {
      workspace.write('world.yaml', WORLD);
      const slack = await start('slack-go', 'world.yaml');
      const listed = await said(slack, 'channels_list', { channel_types: 'public_channel' });
      const id = /(C\w+),#plans,/.exec(listed)?.[1];
      const message = { channel_id: id, content_type: 'text/plain', text: 'from a gopher' };
      expect(await said(slack, 'conversations_add_message', message)).toContain('Successfully posted');
      const history = await said(slack, 'conversations_history', { channel_id: id, limit: '10' });
      expect(history).toContain('from a gopher');
      const found = await said(slack, 'conversations_search_messages', { search_query: 'gopher' });
      expect(found).toContain('from a gopher');
      expect(await said(slack, 'users_search', { query: 'Ann' })).toContain('ann@acme.example');
    },
  );

  it.skipIf(absent(JIRA))(`${JIRA} answers from the site of the universe${note(JIRA)}`, async () => {
    const jira = await start('jira');
    const asked = { projectKey: 'ACC', issueType: 'Task', summary: 'from an agent' };
    const { key } = JSON.parse(await said(jira, 'jira_create_issue', asked));
    await said(jira, 'jira_add_comment', { issueIdOrKey: key, body: 'and more' });
    const found = await said(jira, 'jira_search_issues', { jql: 'summary ~ agent ORDER BY created DESC' });
    expect(found).toContain(key);
    expect(await said(jira, 'jira_get_issue_comments', { issueIdOrKey: key })).toContain('and more');
  });

  it.skipIf(absent(DRIVE))(`${DRIVE} answers from the Drive of the universe${note(DRIVE)}`, async () => {
    const drive = await start('drive');
    expect(await said(drive, 'search', { query: 'holiday' })).toMatch(/^Found 1 files:\nHoliday calendar/);
    const { resources } = await drive.listResources();
    const policy = resources.find(({ name }) => name === 'Access policy');
    const { contents } = await drive.readResource({ uri: policy?.uri ?? '' });
    expect(contents[0]?.mimeType).toBe('text/markdown');
    expect(contents[0]?.text).toContain('Who may have access to what');
    await drive.close();
    expect(asked(workspace)).toEqual(
      expect.arrayContaining(['drive.files.list 200', 'drive.files.export 200']),
    );
  });
});

type Json = Record<string, string>;

/** An app without scopes of its own gets all that there are. */
const WORLD = `
world: agents
people:
  - { email: ann@acme.example, name: Ann Archer }
  - { email: bob@acme.example, name: Bob Baker }
slack:
  team: acme
  channels:
    - { name: general }
    - { name: plans }
`;
