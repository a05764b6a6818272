/** A host process of its own for tests: isolates the command in its arguments, and prints how that ended. */
import { startIsolation } from '../../../src/exec/isolate/isolation.ts';

const [file = '', ...args] = process.argv.slice(2);
const isolation = await startIsolation({
  file,
  args,
  env: process.env,
  hosts: ['slack.com'],
  landing: 9,
  hostPorts: [],
});
console.log(JSON.stringify(await isolation.exited));
