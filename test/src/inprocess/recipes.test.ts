/** docs/in-process.md: its pieces run as they are written. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RUN_MS_MAX, runProject } from './project.ts';

it('the recipes run as they are written', { timeout: RUN_MS_MAX }, async () => {
  const page = readFileSync(new URL('../../../docs/in-process.md', import.meta.url), 'utf8');
  const files = [...page.matchAll(/^```ts file=(\S+)\n(.*?)^```$/gms)].map((match) => [match[1], match[2]]);
  expect(files).toHaveLength(5);
  const { passed, failed, output } = await runProject(Object.fromEntries(files));
  expect(failed, output).toEqual([]);
  expect(passed).toHaveLength(6);
});
