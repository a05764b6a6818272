/** A file's row with what all new files have in common. */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { files, type SlackFile } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { tellOfFile } from './fileShare.ts';

/** Makes a file, shared nowhere, and tells who may see it. */
export function newFile(
  world: World,
  init: Partial<SlackFile> & Pick<SlackFile, 'name' | 'title' | 'user' | 'mode'>,
): SlackFile {
  const now = seconds(world);
  const file = world.insert(files, {
    id: init.id ?? newFileId(world),
    created: now,
    timestamp: now,
    mimetype: '',
    filetype: '',
    pretty_type: '',
    editable: false,
    size: 0,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    shares: {},
    channels: [],
    groups: [],
    ims: [],
    facts: {},
    access: {},
    ...init,
  });
  tellOfFile(world, 'file_created', file, { user_id: file.user });
  return file;
}

export const newFileId = (world: World): string => shaped(world.draw('slack.file'), 'F0', 9, UPPER36);
