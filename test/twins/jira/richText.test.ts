import { beforeAll, describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../src/prng.ts';
import { openSite, type TestSite } from './site.ts';

let site: TestSite;
let key: string;
beforeAll(async () => {
  site = await openSite();
  key = await site.issue({});
});

interface Node {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: Node[];
}

const doc = (...content: Node[]) => ({ type: 'doc', version: 1, content });
const text = (value: string, ...marks: NonNullable<Node['marks']>): Node => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const paragraph = (...content: Node[]): Node => ({ type: 'paragraph', content });

const write = (version: 2 | 3, description: unknown) =>
  site.call('PUT', `/rest/api/${version}/issue/${key}`, { fields: { description } });
const read = async (version: 2 | 3) =>
  (await site.call('GET', `/rest/api/${version}/issue/${key}?fields=description`)).get('fields.description');
const rendered = async () =>
  (await site.call('GET', `/rest/api/3/issue/${key}?expand=renderedFields&fields=description`)).get(
    'renderedFields.description',
  );

describe('a document', () => {
  const RIGHT: [string, Node][] = [
    [
      'code in a link',
      paragraph(text('x', { type: 'link', attrs: { href: 'https://a.example' } }, { type: 'code' })),
    ],
    ['a status', paragraph({ type: 'status', attrs: { text: 'GO', color: 'green' } })],
    [
      'a task',
      {
        type: 'taskList',
        attrs: { localId: '1' },
        content: [{ type: 'taskItem', attrs: { localId: '2', state: 'TODO' }, content: [text('do')] }],
      },
    ],
    ['an expand', { type: 'expand', attrs: { title: 'More' }, content: [paragraph(text('x'))] }],
  ];
  it.each(RIGHT)('is taken with %s in it', async (_, node) => {
    expect((await write(3, doc(node))).status).toBe(204);
    expect(await read(3)).toEqual(doc(node));
  });

  const WRONG: [string, Node][] = [
    ['an unknown node', { type: 'blink', content: [] }],
    ['text outside of a paragraph', text('x')],
    ['an empty text', paragraph(text(''))],
    ['an empty list', { type: 'bulletList', content: [] }],
    ['a paragraph in a list', { type: 'bulletList', content: [paragraph(text('x'))] }],
    ['a heading of level 9', { type: 'heading', attrs: { level: 9 }, content: [] }],
    ['code that is bold', paragraph(text('x', { type: 'code' }, { type: 'strong' }))],
    ['an unknown mark', paragraph(text('x', { type: 'blink' }))],
    ['a link without an address', paragraph(text('x', { type: 'link' }))],
    ['a mention of nobody', paragraph({ type: 'mention', attrs: { text: '@x' } })],
    ['a panel of no kind', { type: 'panel', attrs: { panelType: 'loud' }, content: [paragraph(text('x'))] }],
    ['a bold text in code', { type: 'codeBlock', content: [text('x', { type: 'strong' })] }],
  ];
  it.each(WRONG)('is refused with %s in it, and nothing changes', async (_, node) => {
    await write(3, doc(paragraph(text('As it was'))));
    const answer = await write(3, doc(node));
    expect([answer.status, answer.body]).toEqual([400, { errorMessages: ['INVALID_INPUT'], errors: {} }]);
    expect(await read(3)).toEqual(doc(paragraph(text('As it was'))));
    const comment = await site.call('POST', `/rest/api/3/issue/${key}/comment`, { body: doc(node) });
    expect(comment.status).toBe(400);
  });
});

describe('wiki text', () => {
  it.each([
    ['{color:red}hot{color}', text('hot', { type: 'textColor', attrs: { color: '#ff0000' } })],
    ['^up^', text('up', { type: 'subsup', attrs: { type: 'sup' } })],
    ['[docs|https://a.example]', text('docs', { type: 'link', attrs: { href: 'https://a.example' } })],
    [
      'https://a.example/x',
      text('https://a.example/x', { type: 'link', attrs: { href: 'https://a.example/x' } }),
    ],
    ['\\*plain\\*', text('*plain*')],
    ['re-run and snake_case_name', text('re-run and snake_case_name')],
  ])('%s is read as the document says it', async (wiki, node) => {
    await write(2, wiki);
    expect([await read(3), await read(2)]).toEqual([doc(paragraph(node)), wiki]);
  });

  it('has panels, code and pictures', async () => {
    await write(
      2,
      '{panel:title=Mind|bgColor=#ffebe6}\nthis\n{panel}\n{code:title=A.java|java}\nx\n{code}\n!a.png|thumbnail!',
    );
    const { content } = (await read(3)) as { content: Node[] };
    expect(content.map(({ type, attrs }) => [type, attrs])).toEqual([
      ['panel', { panelType: 'error' }],
      ['codeBlock', { language: 'java' }],
      ['mediaSingle', { layout: 'align-start' }],
    ]);
  });
});

describe('rendered fields', () => {
  it('are HTML as the service writes it', async () => {
    await write(2, 'h2. A title\n\nSome *bold* & {{code}}\n\n* one\n** two\n\n||a||\n|b|');
    expect(await rendered()).toBe(
      [
        '<h2><a name="Atitle"></a>A title</h2>',
        '<p>Some <b>bold</b> &amp; <tt>code</tt></p>',
        '<ul>\n\t<li>one\n<ul>\n\t<li>two</li>\n</ul></li>\n</ul>',
        "<div class='table-wrap'>\n<table class='confluenceTable'><tbody>\n<tr>\n<th class='confluenceTh'>a</th>\n</tr>\n<tr>\n<td class='confluenceTd'>b</td>\n</tr>\n</tbody></table>\n</div>",
      ].join('\n\n'),
    );
  });

  it('never run what somebody wrote', async () => {
    await write(
      3,
      doc(paragraph(text('<script>', { type: 'link', attrs: { href: 'javascript:alert(1)' } }))),
    );
    expect(await rendered()).toBe('<p>&lt;script&gt;</p>');
  });
});

describe('a document of random parts', () => {
  it('is the same after it went through version 2 and back', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const original = doc(...blocks(draw(seed, 'document'), 2));
      expect((await write(3, original)).status, JSON.stringify(original)).toBe(204);
      const wiki = await read(2);
      await write(2, wiki);
      expect(bare(await read(3)), `seed ${seed}\n${wiki}`).toEqual(bare(original));
    }
  });
});

const WORDS = ['alpha', 'beta-gamma', 'snake_case', '*star*', 'a+b', '[x]', '{y}', 'x|y', '1.5', 'ß'];
const words = (d: Draw): string => Array.from({ length: d.int(1, 3) }, () => d.pick(WORDS)).join(' ');

function inlines(d: Draw): Node[] {
  const [mark, other] = [d.pick(['strong', 'em', 'strike', 'underline', 'code']), d.pick(['strong', 'em'])];
  const link = { type: 'link', attrs: { href: 'https://a.example/b' } };
  const color = { type: 'textColor', attrs: { color: '#00ff00' } };
  const piece = d.pick([
    text(words(d)),
    text('marked', { type: mark }),
    text('both', color, { type: other }),
    text('linked', link),
    { type: 'mention', attrs: { id: 'abc', text: '' } },
  ] as Node[]);
  return [text(`${words(d)} `), piece, text(` ${words(d)}`)];
}

function blocks(d: Draw, depth: number): Node[] {
  return Array.from({ length: d.int(1, 3) }, () => block(d, depth)).filter(
    // Two lists below one another are one list in wiki text, and so are two tables.
    (node, i, all) => i === 0 || !(SIDE_BY_SIDE.has(node.type) && SIDE_BY_SIDE.has(all[i - 1]?.type ?? '')),
  );
}

const SIDE_BY_SIDE = new Set(['bulletList', 'orderedList', 'table']);

function block(d: Draw, depth: number): Node {
  const kinds = [
    'paragraph',
    'heading',
    'rule',
    'codeBlock',
    'bulletList',
    'table',
    ...(depth > 0 ? ['blockquote', 'panel'] : []),
  ];
  switch (d.pick(kinds)) {
    case 'heading':
      return { type: 'heading', attrs: { level: d.int(1, 6) }, content: inlines(d) };
    case 'rule':
      return { type: 'rule' };
    case 'codeBlock':
      return { type: 'codeBlock', attrs: { language: 'java' }, content: [text('a *b* {c}\n  d')] };
    case 'bulletList': {
      const item = (...content: Node[]): Node => ({ type: 'listItem', content });
      const nested: Node = { type: 'orderedList', content: [item(paragraph(...inlines(d)))] };
      return {
        type: 'bulletList',
        content: [item(paragraph(...inlines(d)), nested), item(paragraph(...inlines(d)))],
      };
    }
    case 'table': {
      const cell = (type: string): Node => ({ type, attrs: {}, content: [paragraph(...inlines(d))] });
      const row = (type: string): Node => ({ type: 'tableRow', content: [cell(type), cell(type)] });
      return { type: 'table', content: [row('tableHeader'), row('tableCell')] };
    }
    case 'blockquote':
      return { type: 'blockquote', content: [paragraph(...inlines(d))] };
    case 'panel':
      return {
        type: 'panel',
        attrs: { panelType: d.pick(['info', 'warning', 'error']) },
        content: [paragraph(...inlines(d))],
      };
    default:
      return paragraph(...inlines(d));
  }
}

/** A document without what only one of its forms can say, and with neighbouring texts of the same marks as one. */
function bare(value: unknown): unknown {
  const node = value as Node;
  if (!node.content) return node;
  const content: Node[] = [];
  for (const one of node.content.map((inner) => bare(inner) as Node)) {
    const last = content.at(-1);
    if (
      one.type === 'text' &&
      last?.type === 'text' &&
      JSON.stringify(one.marks) === JSON.stringify(last.marks)
    )
      content[content.length - 1] = { ...last, text: `${last.text}${one.text}` };
    else content.push(one);
  }
  const { attrs, ...rest } = node;
  return { ...rest, ...(attrs && node.type !== 'table' ? { attrs } : {}), content };
}
