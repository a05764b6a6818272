/** What a Google domain holds, and how a world file fills it. */
import type { Table } from '../../src/table.ts';
import type { WorldFile } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';
import { documentTables } from './docs/world.ts';
import { plantDrive } from './drive/plant.ts';
import { driveTables } from './drive/world.ts';
import { identityTables, plantIdentity } from './identity/world.ts';
import { sheetTables } from './sheets/world.ts';

export const tables = [
  ...identityTables,
  ...driveTables,
  ...sheetTables,
  ...documentTables,
] as unknown as readonly Table<never>[];

/** People first, then their files. */
export function plant(world: World, file: WorldFile): void {
  const project = plantIdentity(world, file);
  plantDrive(world, file, project.clientId);
}
