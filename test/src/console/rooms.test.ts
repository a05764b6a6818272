/** Rooms as pages: nothing of a universe's state becomes markup, and a form does what the person chosen would do. */
import { afterEach, expect, it } from 'vitest';
import { controlApp } from '../../../src/control/app.ts';
import { Registry } from '../../../src/registry.ts';
import { type Block, listOf, type Room } from '../../../src/room.ts';
import type { Twin } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { FROZEN, notes, toy, URL_BASE } from '../control/toy.ts';

const EVIL = `<img src=x onerror=alert(1)>"'&</textarea></title><script>alert(2)</script>`;
const people = [
  { email: 'ann@acme.example', name: 'Ann Archer' },
  { email: 'bob@acme.example', name: 'Bob <b>Baker' },
];

/** One block of every kind, with hostile text in every text. */
const everyBlock = (): Block[] => {
  const pin = { label: EVIL, gesture: 'pin', with: { note: EVIL } };
  const field = { path: ['note'], label: EVIL, type: 'text' as const, value: EVIL };
  const runs = [
    { text: EVIL, bold: true, href: 'javascript:alert(3)' },
    { text: EVIL, to: EVIL },
  ];
  const lines = [{ runs }, { style: 'code' as const, runs }, { style: 'heading' as const, runs }];
  return [
    {
      kind: 'list',
      title: EVIL,
      items: [{ title: EVIL, subtitle: EVIL, badge: EVIL, to: EVIL }],
      next: EVIL,
    },
    { kind: 'facts', facts: [{ name: EVIL, value: { text: EVIL, to: EVIL } }] },
    { kind: 'table', columns: [EVIL], rows: [[EVIL]] },
    { kind: 'text', lines },
    { kind: 'search', label: EVIL, value: EVIL },
    { kind: 'pages', links: [{ to: EVIL, title: EVIL }] },
    { kind: 'panel', title: EVIL, note: EVIL, blocks: [{ kind: 'rule' }] },
    {
      kind: 'board',
      columns: [
        {
          title: EVIL,
          count: 1,
          cards: [{ key: EVIL, to: EVIL, title: EVIL, marks: [EVIL], person: EVIL, acts: [pin] }],
        },
      ],
    },
    {
      kind: 'talk',
      messages: [
        { id: EVIL, author: EVIL, at: 0, lines, reactions: [{ name: EVIL, count: 1, who: EVIL, act: pin }] },
      ],
    },
    {
      kind: 'acts',
      acts: [
        pin,
        {
          ...pin,
          fields: [
            field,
            { ...field, type: 'long' },
            { ...field, type: 'choice', options: [{ label: EVIL, value: EVIL }] },
          ],
        },
      ],
    },
  ];
};

const room: Room = {
  shelves: [{ to: 'notes', title: 'Notes' }],
  place: (world: World, id, asked) => {
    if (id === 'evil')
      return { title: EVIL, subtitle: EVIL, trail: [{ to: EVIL, title: EVIL }], blocks: everyBlock() };
    if (id === 'who') return { title: 'Who', person: asked.as ?? '', blocks: [] };
    if (id.startsWith('note/')) {
      const note = world.get(notes, id.slice(5));
      return note && { title: note.id, subtitle: `pinned by ${note.by ?? 'nobody'}`, blocks: [] };
    }
    const item = (row: { id: string; text: string }) => ({ title: row.text, to: `note/${row.id}` });
    return id === 'notes' ? { title: 'Notes', blocks: [listOf(world.list(notes), asked, item)] } : undefined;
  },
  personAt: (world, email) => (world.cast.some((one) => one.email === email) ? `person/${email}` : undefined),
  host: (world) => world.cast[0]?.email,
};
const other: Twin = {
  ...toy,
  name: 'other',
  title: 'Other',
  hosts: ['other.example'],
  tables: [],
  plant: () => {},
  room,
};

let registry: Registry;
afterEach(() => registry.close());

async function opened() {
  registry = new Registry({
    twins: [{ ...toy, room }, other],
    outbound: { send: async () => ({ status: 200, headers: {}, body: '' }) },
    publicUrl: () => URL_BASE,
  });
  const universe = await registry.create({
    id: 'u',
    seed: 1,
    clock: { mode: 'frozen', now: Date.parse(FROZEN.now) },
    world: { world: 'w', people },
  });
  const app = controlApp(registry, { publicUrl: () => URL_BASE, version: '1', startedAt: 0 });
  const path = '/console/u/u/rooms/toy';
  const page = async (query: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const response = await app.request(`${URL_BASE}${path}?${new URLSearchParams(query)}`, { headers });
    return { status: response.status, text: await response.text() };
  };
  /** Sends a form and goes where it leads. */
  const send = async (form: Record<string, string>, query: Record<string, string> = {}) => {
    const response = await app.request(`${URL_BASE}${path}?${new URLSearchParams(query)}`, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    });
    const to = response.headers.get('location') ?? '';
    const cookie = (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    const after = await app.request(new URL(to, URL_BASE).href, { headers: { cookie, accept: 'text/html' } });
    return { status: response.status, to, text: await after.text() };
  };
  return { universe, page, send };
}

it('no text of a universe becomes markup, and no address but one of the web a link', async () => {
  const { page } = await opened();
  const { status, text } = await page({ at: 'evil' });
  expect(status).toBe(200);
  expect(text).not.toContain('<img');
  expect(text).not.toContain('<script>alert');
  expect(text).not.toContain('href="javascript:');
  expect(text).not.toMatch(/="[^"]*'&<|onerror=alert\(1\)>/);
  expect(text.match(/&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThan(30);
});

it('a room opens at its first shelf, and what is not there is a page that says so', async () => {
  const { page } = await opened();
  expect((await page()).text).toContain('hello');
  const none = await page({ at: 'constructor' });
  expect([none.status, none.text.includes('there is nothing at constructor')]).toEqual([404, true]);
});

it('a form makes the gesture as the person chosen, and the page is again where one was', async () => {
  const { universe, send } = await opened();
  const bob = 'bob@acme.example';
  const query = { at: 'note/welcome', as: bob };
  const sent = await send(
    { gesture: 'pin', as: bob, with: '{}', 'text:/note': 'welcome', spot: 'm-1' },
    query,
  );
  expect([sent.status, sent.to]).toEqual([
    303,
    '/console/u/u/rooms/toy?at=note%2Fwelcome&as=bob%40acme.example#m-1',
  ]);
  expect(sent.text).toContain('pinned by bob@acme.example');
  expect(
    universe.journal.page({ limit: 100 }).entries.filter(({ kind }) => kind === 'gesture'),
  ).toMatchObject([{ gesture: 'pin', as: bob, by: 'operator', with: { note: 'welcome' } }]);
});

it('a form may lead to what came of it', async () => {
  const { send } = await opened();
  const form = { gesture: 'pin', as: 'ann@acme.example', with: '{"note":"welcome"}', leads: 'note/pinned' };
  expect((await send(form)).to).toBe('/console/u/u/rooms/toy?at=note%2Fwelcome');
});

it('what a gesture refuses is said in words on the page', async () => {
  const { send } = await opened();
  const wrong = await send({ gesture: 'pin', as: 'nobody@acme.example', with: '{"note":"welcome"}' });
  expect(wrong.text).toMatch(
    /role="alert"[^<]*>[^<]*nobody in this world has the e-mail nobody@acme\.example/,
  );
  expect((await send({ gesture: 'fly', as: 'ann@acme.example' })).text).toMatch(
    /role="alert"[^<]*>[^<]*no gesture of toy/,
  );
  expect((await send({ gesture: 'pin', as: 'ann@acme.example', with: '{' })).text).toMatch(/role="alert"/);
});

it('a person’s place leads to the same person in the other twins', async () => {
  const { page } = await opened();
  const { text } = await page({ at: 'who', as: 'bob@acme.example' });
  expect(text).toContain('/console/u/u/rooms/other?at=person%2Fbob%40acme.example&amp;as=bob%40acme.example');
});
