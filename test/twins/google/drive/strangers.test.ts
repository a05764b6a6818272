import { describe, expect, it } from 'vitest';
import { draw } from '../../../../src/prng.ts';
import { google } from '../../../../twins/google/twin.ts';
import { ANN, type Answer, BOB, CEM, type Domain, openDomain } from '../domain.ts';

/** A person of the domain who shares with a friend, never with the other one who is looked at. */
interface Person {
  email: string;
  token: string;
  friend: string;
  /** Words that stand in all that is theirs. */
  word: string;
  /** Values by the name of the parameter that takes them. */
  ids: Record<string, string[]>;
}

const DIA = 'dia@acme.example';
const EVE = 'eve@acme.example';
const FOLDER = 'application/vnd.google-apps.folder';
const WORLD = {
  world: 'strangers',
  people: [
    { email: ANN, name: 'Ann Admin' },
    { email: BOB, name: 'Bob Builder' },
    { email: CEM, name: 'Cem Clerk' },
    { email: DIA, name: 'Dia Desk' },
    { email: EVE, name: 'Eve Editor' },
  ],
  google: { domain: 'acme.example' },
};
const STEPS = 400;
/** So many requests are also sent as a part of a batch. */
const BATCH_EVERY = 5;
const METHODS = google.endpoints.filter(({ id }) => /^(drive|docs|sheets)\./.test(id));

describe('two people who share nothing', () => {
  it.each([1, 2, 3])(
    'see nothing of each other by any method, term, link or token (seed %i)',
    async (seed) => {
      const domain = await openDomain(WORLD);
      const people = [
        await settled(domain, BOB, DIA, 'bobsword'),
        await settled(domain, CEM, EVE, 'cemsword'),
      ];
      const changed = changesOf(domain);
      const numbers = draw(seed, 'strangers');
      const pick = (below: number) => numbers.int(0, below - 1);
      for (let step = 0; step < STEPS; step++) {
        const [other, me] = pick(2) === 0 ? [people[0], people[1]] : [people[1], people[0]];
        if (!other || !me) throw new Error('two people');
        const { request, body, sent } = attempt(pick, me, other);
        changed(other);
        const answer = await domain.call(request, body, me.token);
        const says = `${me.email}: ${request} ${JSON.stringify(body ?? null)} → ${answer.status} ${answer.text.slice(0, 400)}`;
        expect(traces(answer, other, sent), says).toEqual([]);
        if (step % BATCH_EVERY === 0)
          expect(traces(await inBatch(domain, me, request, body), other, sent), `batch ${says}`).toEqual([]);
        expect(changed(other), says).toEqual([]);
        // Sheets and Docs tell what one may not open (403) from what is not there (404), as the vendor does.
        if (answer.status >= 400 && request.includes(' /drive/'))
          await sameAsNobodys(domain, me, other, request, body, answer, says);
      }
    },
  );
});

/** The same request as the only part of a batch. */
async function inBatch(
  domain: Domain,
  me: Person,
  request: string,
  body: unknown,
): Promise<Pick<Answer, 'text' | 'headers'>> {
  const json = body === undefined ? '' : JSON.stringify(body);
  const answer = await domain.fetch('/google/batch/drive/v3', {
    method: 'POST',
    headers: { authorization: `Bearer ${me.token}`, 'content-type': 'multipart/mixed; boundary=b' },
    body: [
      '--b',
      'Content-Type: application/http',
      '',
      `${request} HTTP/1.1`,
      ...(json ? ['Content-Type: application/json'] : []),
      '',
      json,
      '--b--',
      '',
    ].join('\r\n'),
  });
  return { text: await answer.text(), headers: answer.headers };
}

/** What is refused of the other's is refused in the words with which a thing is that does not exist. */
async function sameAsNobodys(
  { call }: Domain,
  me: Person,
  other: Person,
  request: string,
  body: unknown,
  answer: Answer,
  says: string,
): Promise<void> {
  const made = (text: string) => all(other).reduce((done, id) => done.replaceAll(id, nobodys(id)), text);
  const unknown = await call(
    made(request),
    body === undefined ? undefined : JSON.parse(made(JSON.stringify(body))),
    me.token,
  );
  expect(unknown.status, says).toBe(answer.status);
  expect(unknown.text, says).toBe(made(answer.text));
}

/** The same letters in another order: of the form of an id, and nobody's. */
const nobodys = (id: string): string =>
  id.replace(
    /^(.{3})(.*?)(.{0,6})$/s,
    (_, head: string, middle: string, tail: string) => head + [...middle].reverse().join('') + tail,
  );

const all = (person: Person): string[] =>
  [...new Set(Object.values(person.ids).flat())]
    .filter((id) => id.length > 8)
    .sort((a, b) => b.length - a.length);

/** What of the other stands in an answer and was not in the question. */
function traces({ text, headers }: Pick<Answer, 'text' | 'headers'>, other: Person, sent: string): string[] {
  const shown = text + [...headers].join('\n');
  const secrets = [other.word, other.email, other.friend, ...all(other)];
  return secrets.filter((secret) => shown.includes(secret) && !sent.includes(secret));
}

/** The tables in which rows that name somebody of these were changed since it was last asked. */
function changesOf({ universe }: Domain): (person: Person) => string[] {
  const touched: { table: string; rows: string }[] = [];
  universe.journal.watch((_entry, changes) => {
    for (const { table, before, after } of changes)
      touched.push({ table: table.name, rows: JSON.stringify([before, after]) });
  });
  return ({ email, word }) =>
    touched
      .splice(0)
      .filter(({ table }) => table !== 'google.accessTokens')
      .filter(({ rows }) => rows.includes(email) || rows.includes(word))
      .map(({ table }) => table);
}

/** A request for something of the other's, by any method. */
function attempt(pick: (below: number) => number, me: Person, other: Person) {
  const one = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const value = (name: string): string => {
    // Some requests are about one's own things, with the other's named in them.
    const { ids } = pick(4) === 0 ? me : other;
    return one(ids[name] ?? ids.fileId ?? ['']);
  };
  const endpoint = one(METHODS);
  const [method = 'GET', route = ''] = endpoint.route.split(' ');
  const path = route.replace(/\{(\w+)(?:=[^}]*)?\}/g, (_, name: string) => encodeURIComponent(value(name)));
  const query = new URLSearchParams();
  if (pick(2) === 0) query.set('fields', '*');
  for (const name of ['driveId', 'pageToken', 'addParents', 'q'])
    if (pick(4) === 0) query.set(name, name === 'q' ? term(pick, other) : value(name));
  for (const name of FLAGS) if (pick(3) === 0) query.set(name, 'true');
  if (/changes/.test(route) && !query.has('pageToken'))
    query.set('pageToken', one(['1', value('pageToken')]));
  if (/values/.test(route)) query.set('valueInputOption', 'USER_ENTERED');
  if (/comments|about/.test(route)) query.set('fields', '*');
  const body = /POST|PUT|PATCH/.test(method) ? bodyFor(endpoint.id, pick, value) : undefined;
  return {
    request: `${method.split('|')[0]} ${path}?${query}`,
    body,
    sent: decodeURIComponent(`${path} ${query}`.replaceAll('+', ' ')) + JSON.stringify(body ?? ''),
  };
}

const FLAGS = [
  ...['supportsAllDrives', 'includeItemsFromAllDrives', 'useDomainAdminAccess', 'includeDeleted'],
  ...['includeCorpusRemovals', 'transferOwnership', 'includeGridData', 'allowItemDeletion'],
];

/** A search for the other's things. */
function term(pick: (below: number) => number, { ids, word, email, friend }: Person): string {
  const terms = [
    `fullText contains '${word}'`,
    `name contains '${word}'`,
    `'${ids.folderId?.[0]}' in parents`,
    `'${email}' in owners`,
    `'${email}' in readers or '${friend}' in readers`,
    `not name = 'x'`,
    `shortcutDetails.targetId = '${ids.fileId?.[0]}'`,
    `visibility = 'limited'`,
  ];
  return terms[pick(terms.length)] as string;
}

function bodyFor(id: string, pick: (below: number) => number, value: (name: string) => string): unknown {
  const bodies: Record<string, unknown> = {
    'drive.files.create': pick(2)
      ? { name: 'n', parents: [value('folderId')] }
      : {
          name: 's',
          mimeType: 'application/vnd.google-apps.shortcut',
          shortcutDetails: { targetId: value('fileId') },
        },
    'drive.files.copy': { parents: [value('folderId')] },
    'drive.permissions.create': { type: 'user', role: 'writer', emailAddress: ANN },
    'drive.permissions.update': { role: 'owner' },
    'drive.comments.create': { content: 'c' },
    'drive.comments.update': { content: 'c' },
    'drive.replies.create': { content: 'c', action: 'resolve' },
    'drive.replies.update': { content: 'c' },
    'drive.revisions.update': { keepForever: true },
    'drive.drives.update': {
      name: 'd',
      backgroundImageFile: { id: value('fileId'), width: 1, xCoordinate: 0, yCoordinate: 0 },
    },
    'drive.channels.stop': { id: value('channel'), resourceId: value('resourceId') },
    'drive.files.watch': { id: `w${pick(1_000_000)}`, type: 'web_hook', address: 'https://x.example/' },
    'drive.changes.watch': { id: `w${pick(1_000_000)}`, type: 'web_hook', address: 'https://x.example/' },
    'drive.accessproposals.resolve': { action: 'ACCEPT', role: ['reader'] },
    'sheets.spreadsheets.sheets.copyTo': { destinationSpreadsheetId: value('spreadsheetId') },
    'sheets.spreadsheets.batchUpdate': { requests: [{ addSheet: {} }] },
    'docs.documents.batchUpdate': { requests: [{ insertText: { text: 'x', location: { index: 1 } } }] },
  };
  const imported = `=IMPORTRANGE("${value('spreadsheetId')}","A1")`;
  return bodies[id] ?? (/values/.test(id) ? { values: [[imported]] } : {});
}

/** A person with something of every kind. */
async function settled(
  { call, tokenFor }: Domain,
  email: string,
  friend: string,
  word: string,
): Promise<Person> {
  const token = tokenFor(email);
  const ids: Record<string, string[]> = {};
  const keep = (name: string, value: unknown) => {
    ids[name] = [...(ids[name] ?? []), String(value)];
    return String(value);
  };
  const make = async (request: string, body: unknown, ...names: string[]) => {
    const answer = await call(request, body, token);
    expect(answer.status, `${request} ${answer.text}`).toBeLessThan(300);
    for (const name of names)
      keep(name, answer.body.id ?? answer.body.documentId ?? answer.body.spreadsheetId);
    return answer.body as Record<string, unknown>;
  };
  const folder = await make(
    'POST /drive/v3/files',
    { name: `${word} folder`, mimeType: FOLDER },
    'fileId',
    'folderId',
    'addParents',
  );
  const note = await make(
    'POST /drive/v3/files',
    { name: `${word} note`, description: word, parents: [folder.id] },
    'fileId',
  );
  const doc = await make('POST /v1/documents', { title: `${word} doc` }, 'documentId', 'fileId');
  await make(`POST /v1/documents/${doc.documentId}:batchUpdate`, {
    requests: [{ insertText: { text: word, location: { index: 1 } } }],
  });
  const sheet = await make(
    'POST /v4/spreadsheets',
    { properties: { title: `${word} sheet` } },
    'spreadsheetId',
    'fileId',
  );
  await make(`PUT /v4/spreadsheets/${sheet.spreadsheetId}/values/A1?valueInputOption=RAW`, {
    values: [[word]],
  });
  const comment = await make(
    `POST /drive/v3/files/${note.id}/comments?fields=*`,
    { content: word },
    'commentId',
  );
  await make(
    `POST /drive/v3/files/${note.id}/comments/${comment.id}/replies?fields=*`,
    { content: word },
    'replyId',
  );
  const given = { type: 'user', role: 'reader', emailAddress: friend };
  await make(`POST /drive/v3/files/${doc.documentId}/permissions`, given, 'permissionId');
  const drive = await make(
    `POST /drive/v3/drives?requestId=${word}`,
    { name: `${word} drive` },
    'driveId',
    'teamDriveId',
  );
  await make(
    'POST /drive/v3/files?supportsAllDrives=true',
    { name: `${word} inside`, parents: [drive.id] },
    'fileId',
  );
  const channel = { id: `${word}-channel`, type: 'web_hook', address: `https://${word}.example/` };
  const watched = await make(`POST /drive/v3/files/${note.id}/watch`, channel, 'channel');
  keep('resourceId', watched.resourceId);
  const head = await make(`GET /drive/v3/files/${note.id}?fields=headRevisionId`, undefined);
  keep('revisionId', head.headRevisionId);
  const list = await make('GET /drive/v3/files?pageSize=1', undefined);
  keep('pageToken', list.nextPageToken);
  const start = await make('GET /drive/v3/changes/startPageToken', undefined);
  keep('pageToken', start.startPageToken);
  ids.fileId?.push(String(drive.id));
  return { email, friend, token, word, ids };
}
