/** The life of a thing as a program drives it through the SDK. */
import { expect } from 'vitest';
import { GONE, type SdkLife } from './client.ts';

/** Makes, reads, lists, changes, turns off and on, removes; each step is seen in what is read afterwards. */
export async function lives(life: SdkLife): Promise<void> {
  const made = await life.make();
  const id = life.key ? life.key(made) : (made.id as string);
  expect(made).toMatchObject(life.shows);
  expect(await life.read(id)).toMatchObject(life.shows);
  if (life.list) {
    const keys = (await life.list()).map((one) => (life.key ? life.key(one) : (one as { id: string }).id));
    expect(keys).toContain(id);
  }
  if (life.change) {
    await life.change(id);
    expect(await life.read(id)).toMatchObject(life.changed ?? {});
  }
  if (life.turnOff && life.turnOn) {
    await life.turnOff(id);
    expect((await life.read(id)).status).toBe('INACTIVE');
    await life.turnOn(id);
    expect((await life.read(id)).status).toBe('ACTIVE');
    await life.turnOff(id);
  }
  await life.remove(id);
  await expect(life.read(id)).rejects.toMatchObject(GONE);
}
