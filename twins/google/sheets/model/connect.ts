/** Spreadsheets that IMPORTRANGE may read. https://support.google.com/docs/answer/3093340 */
import type { World } from '../../../../src/world/world.ts';
import { fileFor, type Viewer } from '../../drive/model/access.ts';
import { spreadsheets } from '../world.ts';

/**
 * What "Allow access" does: from now on any formula of `into` may read `from`, as long as the person who allowed it may.
 * Throws `notFound`, `forbidden` where the person may not edit the one or read the other.
 */
export function connectSheets(world: World, viewer: Viewer, into: string, from: string): void {
  fileFor(world, viewer, into, 'writer');
  fileFor(world, viewer, from, 'reader');
  world.update(spreadsheets, into, (row) => {
    const others = (row.connectedSheets ?? []).filter((one) => one.spreadsheetId !== from);
    return { ...row, connectedSheets: [...others, { spreadsheetId: from, by: viewer.email }] };
  });
}
