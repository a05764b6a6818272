/** What is written in canvases, and which of them are a channel's own. */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Channel, files, type Json } from '../../world.ts';

export interface Section {
  id: string;
  markdown: string;
}

/** What is written in a canvas; the file of the same id is what Slack shows of it. */
interface Canvas {
  id: string;
  sections: Section[];
  /** The channel whose own canvas it is. */
  channel?: string;
}

export const canvases = table<Canvas>({
  name: 'slack.canvases',
  key: (row) => row.id,
  indexes: { channel: (row) => row.channel },
});

/** A channel's own canvas, as the channel's `properties` tell it; undefined where it has none. */
export function canvasOf(world: World, channel: Channel): Json | undefined {
  const canvas = world.list(canvases, { index: 'channel', equals: channel.id }).first();
  if (!canvas) return undefined;
  const { quip_thread_id } = world.get(files, canvas.id)?.facts ?? {};
  return { file_id: canvas.id, is_empty: canvas.sections.length === 0, quip_thread_id };
}
