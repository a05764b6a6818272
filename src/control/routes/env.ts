/** A universe's environment for a program. */
import { universeEnv } from '../document.ts';
import { type Route, route } from '../route.ts';

/** The calls of this group. */
export const envRoutes: readonly Route[] = [
  route<unknown, { format?: EnvFormat }>(
    {
      id: 'getEnv',
      method: 'GET',
      path: '/v1/universes/{universe}/env',
      summary: 'Environment variables for a program, as JSON, a .env file or shell commands',
      group: 'universes',
      query: { format: { enum: ['json', 'dotenv', 'shell'] } },
      responses: {
        200: {
          description: '`{NAME: value}`; text for dotenv and shell',
          schema: { type: 'object', additionalProperties: { type: 'string' } },
          media: 'text/plain',
        },
      },
    },
    ({ universe, query: { format = 'json' } }) => {
      const env = universeEnv(universe);
      if (format === 'json') return env;
      return new Response(envText(env, format), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    },
  ),
];

/** How an environment is written. */
export type EnvFormat = 'json' | 'dotenv' | 'shell';

/** The lines of a `.env` file, or commands that a shell evaluates. */
export function envText(env: Readonly<Record<string, string>>, format: 'dotenv' | 'shell'): string {
  const line = ([name, value]: [string, string]) =>
    format === 'shell' ? `export ${name}=${shellQuoted(value)}\n` : `${name}=${dotenvQuoted(value)}\n`;
  return Object.entries(env).map(line).join('');
}

const PLAIN = /^[\w.:/@%+,=~-]*$/;
const shellQuoted = (value: string): string =>
  PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

/** Single quotes are literal to dotenv; a value that holds one goes into double quotes, with its newlines escaped. */
function dotenvQuoted(value: string): string {
  if (PLAIN.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replaceAll('\n', '\\n')}"`;
}
