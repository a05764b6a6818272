/** The files of a domain whose world asks for a number of them, not for these or those. */
import type { Draw } from '../../../src/prng.ts';
import type { World } from '../../../src/world/world.ts';
import { createDocument } from '../docs/model/document.ts';
import { accounts } from '../identity/world.ts';
import type { Viewer } from './model/access.ts';
import { createFile } from './model/file.ts';
import { dropInside } from './model/native.ts';
import { staleText } from './model/text.ts';
import { MIME, timestamp } from './world.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
/** Files of one folder. */
const FOLDER_FILES = 40;
/** One in so many has a property, and so many share one. */
const WITH_PROPERTY = 5;
const SHARE_PROPERTY = 10;

/**
 * Makes `count` files over the year up to now: in every folder of a person's drive some documents, texts and files of
 * other kinds. They are their owners' alone.
 */
export function plantMany(world: World, count: number, app: string): void {
  const people = world
    .list(accounts, {
      where: (row) => row.primaryEmail.includes('@') && !row.primaryEmail.endsWith('gserviceaccount.com'),
    })
    .toArray();
  const draw = world.drawFor('google.files', 'many');
  const start = world.now() - YEAR_MS;
  let folder: { viewer: Viewer; id: string } | undefined;
  for (let nth = 0; nth < count; nth++) {
    const modifiedTime = timestamp(Math.floor(start + (nth * YEAR_MS) / (count + 1)));
    const of = { nth, modifiedTime, draw };
    if (!folder || nth % FOLDER_FILES === 0) {
      const viewer: Viewer = { email: draw.pick(people).primaryEmail, app, appOnly: false };
      folder = {
        viewer,
        id: createFile(world, viewer, { name: nameOf(of), mimeType: MIME.folder, modifiedTime }).id,
      };
    } else plantOne(world, folder.viewer, folder.id, of);
  }
}

interface Nth {
  nth: number;
  modifiedTime: string;
  draw: Draw;
}

function plantOne(world: World, viewer: Viewer, parent: string, of: Nth): void {
  const [mimeType, ending] = of.draw.pick(KINDS);
  const described = {
    name: nameOf(of) + ending,
    parents: [parent],
    modifiedTime: of.modifiedTime,
    createdTime: of.modifiedTime,
    ...(of.nth % WITH_PROPERTY === 0
      ? { properties: { project: `p${Math.floor(of.nth / (WITH_PROPERTY * SHARE_PROPERTY))}` } }
      : {}),
  };
  const text = Array.from({ length: 12 }, () => of.draw.pick(WORDS)).join(' ');
  if (mimeType !== MIME.document) {
    createFile(
      world,
      viewer,
      { ...described, mimeType },
      { bytes: new TextEncoder().encode(text), type: mimeType },
    );
    return;
  }
  const file = createFile(world, viewer, { ...described, mimeType });
  dropInside(world, file);
  createDocument(world, file.id, text);
  staleText(world, file);
}

const nameOf = ({ nth, draw }: Nth): string => `${draw.pick(TEAMS)} ${draw.pick(PAPERS)} ${nth}`;

const KINDS = [
  [MIME.document, ''],
  [MIME.document, ''],
  ['text/plain', '.txt'],
  ['text/markdown', '.md'],
  ['application/pdf', '.pdf'],
  ['image/png', '.png'],
] as const;
const TEAMS = ['Sales', 'Finance', 'Design', 'Support', 'Legal', 'Platform', 'Growth', 'People'];
const PAPERS = [
  'plan',
  'budget',
  'report',
  'minutes',
  'roadmap',
  'contract',
  'notes',
  'review',
  'invoice',
  'brief',
];
const WORDS = (
  'agree board budget build check client close cost date draft export finish goal hire invoice keep launch list meet ' +
  'month note offer order owner pay plan price quarter raise report review risk sell send share ship sign team test ' +
  'track train travel update vendor week write year'
).split(' ');
