import { it } from 'vitest';
import { tryStory } from '/work/main/test/harness/bench.ts';
import { FakeHost } from '/work/main/test/harness/fake-host.ts';

it('x', async () => {
  const host = await FakeHost.open();
  const { record, trajectory, output } = await tryStory(host, (process.env.B ?? '').split(','));
  console.log(JSON.stringify(record, null, 1).slice(0, 4000));
  for (const e of trajectory) console.log(e.t, e.kind, e.text);
  console.log(output);
  await host.close();
});
