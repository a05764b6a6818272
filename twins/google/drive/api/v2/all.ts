/** The second version of Drive's API: another representation over the same files. */
import type { Endpoint } from '../../../../../src/twin.ts';
import { appEndpoints } from '../apps.ts';
import { teamDriveEndpoints } from '../teamdrives.ts';
import { aboutV2 } from './about.ts';
import { filesV2 } from './files.ts';
import { othersV2 } from './others.ts';
import { permissionsV2 } from './permissions.ts';
import { referencesV2 } from './references.ts';
import { threadsV2 } from './threads.ts';

export const driveV2: readonly Endpoint[] = [
  ...filesV2,
  ...referencesV2,
  ...permissionsV2,
  ...aboutV2,
  ...threadsV2,
  ...othersV2,
  ...appEndpoints('/drive/v2', 'drive.v2'),
  ...teamDriveEndpoints('v2'),
];
