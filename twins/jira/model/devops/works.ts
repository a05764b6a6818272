/** What is done in a while after a tool's request, by name. */
import type { World } from '../../../../src/world/world.ts';
import { trigger } from '../workflows/triggers.ts';
import { doLater } from './later.ts';
import { obey } from './smartCommits.ts';
import { keep, remove } from './submissions.ts';
import { link, unlink } from './workspaces.ts';

const WORKS = { keep, remove, link, unlink, obey, trigger };

/** The timer of all of it. */
export const devOpsTimers = {
  devOps: (world: World, { id }: { id: number }) => doLater(world, id, WORKS),
};
