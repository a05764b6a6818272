/** Slack's room: what a person sees in a channel, and that what can be pressed there works. */
import { expect, it } from 'vitest';
import type { Block } from '../../../src/room.ts';
import { messages as messagesTable } from '../../../twins/slack/world.ts';
import { actsOf, placeAt, textOf, walked, wrongActs } from '../rooms.ts';
import { ANN, BOB, openWorkspace, WORLD, type Workspace } from './workspace.ts';

const talkOf = (blocks: readonly Block[]) =>
  blocks.find((block): block is Extract<Block, { kind: 'talk' }> => block.kind === 'talk');
const approval = (desk: Workspace) =>
  desk.api('chat.postMessage', {
    channel: desk.channel('general'),
    text: 'May Bob in?',
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*Bob* asks for `vault` &lt;b&gt; <https://a.example|here>' },
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'yes', value: 'bob', text: { type: 'plain_text', text: 'Approve' } },
        ],
      },
    ],
  });

it('a channel shows its messages oldest on top, with what leads into a thread', async () => {
  const desk = await openWorkspace();
  desk.gesture('post', BOB, { channel: 'general', text: 'Second' });
  const place = placeAt(desk.universe, 'slack', `channel/${desk.channel('general')}`);
  const talk = talkOf(place.blocks);
  expect(talk?.messages.map(({ author, more }) => [author, more?.title])).toEqual([
    ['Ann Archer', '1 reply'],
    ['Bob Baker', undefined],
  ]);
  const thread = placeAt(desk.universe, 'slack', talk?.messages[0]?.more?.to ?? '');
  expect(talkOf(thread.blocks)?.messages.map(({ author }) => author)).toEqual(['Ann Archer', 'Bob Baker']);
});

it('text with marks is runs of text: escaped characters are characters again', async () => {
  const desk = await openWorkspace();
  await approval(desk);
  const place = placeAt(desk.universe, 'slack', `channel/${desk.channel('general')}`);
  const [text] = talkOf(place.blocks)?.messages.at(-1)?.blocks ?? [];
  expect(text).toEqual({
    kind: 'text',
    lines: [
      {
        runs: [
          { text: 'Bob', bold: true },
          { text: ' asks for ' },
          { text: 'vault', code: true },
          { text: ' <b> ' },
          { text: 'here', href: 'https://a.example' },
        ],
      },
    ],
  });
});

it('the button in a message is the gesture that tells its app', async () => {
  const desk = await openWorkspace();
  await approval(desk);
  await desk.heard();
  const place = placeAt(desk.universe, 'slack', `channel/${desk.channel('general')}`);
  const act = actsOf(place.blocks).find(({ label }) => label === 'Approve');
  desk.gesture(act?.gesture ?? '', ANN, act?.with ?? {});
  const [payload] = await desk.heard();
  expect([payload.type, payload.actions[0].value, payload.user.name]).toEqual([
    'block_actions',
    'bob',
    'ann',
  ]);
});

it('a modal that an app opened stands before the person it was opened for, and for nobody else', async () => {
  const desk = await openWorkspace();
  await approval(desk);
  await desk.heard();
  const at = `channel/${desk.channel('general')}`;
  const act = actsOf(placeAt(desk.universe, 'slack', at).blocks).find(({ label }) => label === 'Approve');
  desk.gesture(act?.gesture ?? '', ANN, act?.with ?? {});
  const [{ trigger_id }] = await desk.heard();
  await desk.api('views.open', {
    trigger_id,
    view: {
      type: 'modal',
      title: { type: 'plain_text', text: 'Why?' },
      submit: { type: 'plain_text', text: 'Tell' },
      blocks: [
        {
          type: 'input',
          block_id: 'b/1',
          label: { type: 'plain_text', text: 'Reason' },
          element: { type: 'plain_text_input', action_id: 'reason' },
        },
      ],
    },
  });
  const [panel] = placeAt(desk.universe, 'slack', at, { as: ANN }).blocks;
  expect(panel).toMatchObject({ kind: 'panel', title: 'Why?' });
  const submit = actsOf(panel ? [panel] : []).find(({ label }) => label === 'Tell');
  expect(submit?.fields?.[0]).toMatchObject({
    path: ['values', 'b/1', 'reason'],
    label: 'Reason',
    type: 'text',
  });
  expect(textOf(placeAt(desk.universe, 'slack', at, { as: BOB }))).not.toContain('Why?');
});

it('what an app whispers is seen by the one it is for', async () => {
  const desk = await openWorkspace();
  const channel = desk.channel('general');
  await desk.api('chat.postEphemeral', { channel, user: desk.person(BOB), text: 'only you' });
  expect(textOf(placeAt(desk.universe, 'slack', `channel/${channel}`, { as: BOB }))).toContain('only you');
  expect(textOf(placeAt(desk.universe, 'slack', `channel/${channel}`, { as: ANN }))).not.toContain(
    'only you',
  );
});

it('a press on a reaction joins it, and a second press takes it back', async () => {
  const desk = await openWorkspace();
  const at = `channel/${desk.channel('general')}`;
  const first = () => talkOf(placeAt(desk.universe, 'slack', at, { as: BOB }).blocks)?.messages[0];
  desk.gesture('react', ANN, { channel: 'general', ts: first()?.id, name: 'tada' });
  const counts: (number | undefined)[] = [];
  for (let press = 0; press < 2; press++) {
    const act = first()?.reactions?.[0]?.act;
    desk.gesture(act?.gesture ?? '', BOB, act?.with ?? {});
    counts.push(first()?.reactions?.[0]?.count);
  }
  expect(counts).toEqual([2, 1]);
});

it('a long channel is read page by page, each message once', async () => {
  const desk = await openWorkspace();
  for (let n = 0; n < 120; n++) desk.gesture('post', ANN, { channel: 'random', text: `number ${n}` });
  const seen: string[] = [];
  let from: string | undefined;
  do {
    const place = placeAt(desk.universe, 'slack', `channel/${desk.channel('random')}`, from ? { from } : {});
    const talk = talkOf(place.blocks);
    seen.unshift(...(talk?.messages ?? []).map((one) => /number \d+/.exec(JSON.stringify(one))?.[0] ?? ''));
    from = talk?.older;
  } while (from);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => `number ${n}`));
});

it('a channel of 100,000 messages opens in well under a second', async () => {
  const text = 'one of very many';
  const messages = Array.from({ length: 100_000 }, () => ({ channel: 'random', from: ANN, text }));
  const desk = await openWorkspace({ ...WORLD, slack: { ...WORLD.slack, messages } } as typeof WORLD);
  const at = `channel/${desk.channel('random')}`;
  expect(
    desk.universe
      .view('slack')
      .list(messagesTable, { prefix: `${at.slice(8)}/` })
      .count(),
  ).toBe(100_000);
  const before = performance.now();
  placeAt(desk.universe, 'slack', at);
  expect(performance.now() - before).toBeLessThan(200);
});

it('every link leads to a place, and every act would be taken by its gesture', async () => {
  const desk = await openWorkspace();
  await approval(desk);
  const places = walked(desk.universe, 'slack');
  expect([...places].filter(([, place]) => !place).map(([at]) => at)).toEqual([]);
  expect(places.size).toBeGreaterThan(8);
  expect(wrongActs(desk.universe, 'slack')).toEqual([]);
});
