/** MCP servers of the recipe `mcp`, started as an agent starts them; the download by `npx` is left out. */
import { existsSync } from 'node:fs';
import { PROGRAMS } from '../recipes/machine.ts';
import { blocksOf } from '../recipes/page.ts';
import type { Workspace } from '../recipes/run.ts';

/** As much of the SDK's client as the tests use. */
export interface McpClient {
  connect(transport: object): Promise<void>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  listResources(): Promise<{ resources: { uri: string; name: string }[] }>;
  readResource(of: { uri: string }): Promise<{ contents: { mimeType: string; text: string }[] }>;
  callTool(call: {
    name: string;
    arguments: object;
  }): Promise<{ content: { text: string }[]; isError?: boolean }>;
  close(): Promise<void>;
}

/** Is a program of test/programs absent? */
export const absent = (name: string): boolean => !existsSync(`${PROGRAMS}/${name}`);

/** Starts a server of the recipe's configuration, as an agent does. `world` is put before its `--`. */
export async function startMcp(workspace: Workspace, name: string, world?: string): Promise<McpClient> {
  for (const { file, text } of blocksOf('mcp')) if (file) workspace.write(file, text);
  const config = blocksOf('mcp').find(({ file }) => file === 'mcp.json')?.text ?? '';
  const { mcpServers } = JSON.parse(config) as {
    mcpServers: Record<string, { command: string; args: string[] }>;
  };
  const server = mcpServers[name];
  if (!server) throw new Error(`the recipe has no server ${name}`);
  const args = world === undefined ? server.args : ['exec', '--world', world, ...server.args.slice(1)];
  const sdk = `${PROGRAMS}/@modelcontextprotocol/sdk/dist/esm/client`;
  const { Client } = await import(`${sdk}/index.js`);
  const { StdioClientTransport } = await import(`${sdk}/stdio.js`);
  const client: McpClient = new Client({ name: 'test', version: '1.0.0' });
  const { command: program } = server;
  const { folder: cwd, env } = workspace;
  await client.connect(new StdioClientTransport({ command: program, args, cwd, env, stderr: 'ignore' }));
  return client;
}

/** The first text that a tool answers with. */
export async function said(from: McpClient, name: string, args: object = {}): Promise<string> {
  const { content } = await from.callTool({ name, arguments: args });
  return content[0]?.text ?? '';
}
