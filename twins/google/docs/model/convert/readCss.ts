/** What HTML's elements and their `style` say about text and paragraphs, as Docs has it. */
import { storedColor } from '../../../sheets/model/color.ts';
import type { Fields } from '../../world/content.ts';
import { linked } from './draft.ts';

type Attributes = Readonly<Record<string, string>>;

const BY_ELEMENT: Readonly<Record<string, Fields>> = {
  b: { bold: true },
  strong: { bold: true },
  th: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  u: { underline: true },
  ins: { underline: true },
  s: { strikethrough: true },
  del: { strikethrough: true },
  strike: { strikethrough: true },
  sup: { baselineOffset: 'SUPERSCRIPT' },
  sub: { baselineOffset: 'SUBSCRIPT' },
  code: { weightedFontFamily: { fontFamily: 'Roboto Mono', weight: 400 } },
  kbd: { weightedFontFamily: { fontFamily: 'Roboto Mono', weight: 400 } },
  pre: { weightedFontFamily: { fontFamily: 'Roboto Mono', weight: 400 } },
};

/** The style of text inside of an element. */
export function textStyle(name: string, attributes: Attributes, around: Fields): Fields {
  const rules = rulesOf(attributes.style);
  const color = rgbOf(rules.get('color'));
  const background = rgbOf(rules.get('background-color'));
  const points = pointsOf(rules.get('font-size'));
  const family = rules.get('font-family')?.split(',')[0]?.replace(/["']/g, '').trim();
  const weight = rules.get('font-weight');
  const lines = rules.get('text-decoration') ?? '';
  const style: Fields = {
    ...around,
    ...BY_ELEMENT[name],
    ...(weight === undefined ? {} : { bold: weight === 'bold' || Number(weight) >= 600 }),
    ...(rules.get('font-style') === 'italic' ? { italic: true } : {}),
    ...(lines.includes('underline') ? { underline: true } : {}),
    ...(lines.includes('line-through') ? { strikethrough: true } : {}),
    ...(background ? { backgroundColor: background } : {}),
    ...(color ? { foregroundColor: color } : {}),
    ...(points ? { fontSize: { magnitude: points, unit: 'PT' } } : {}),
    ...(family ? { weightedFontFamily: { fontFamily: family, weight: 400 } } : {}),
  };
  const url = name === 'a' ? attributes.href : undefined;
  return url && /^(https?|mailto|tel|ftp):/i.test(url) ? linked(style, url) : style;
}

const ALIGNMENTS: Readonly<Record<string, string>> = {
  left: 'START',
  start: 'START',
  center: 'CENTER',
  right: 'END',
  end: 'END',
  justify: 'JUSTIFIED',
};

/** The style of paragraphs inside of an element. */
export function blockStyle(name: string, attributes: Attributes): Fields {
  const heading = /^h([1-6])$/.exec(name)?.[1];
  const alignment = ALIGNMENTS[rulesOf(attributes.style).get('text-align') ?? attributes.align ?? ''];
  return {
    ...(heading ? { namedStyleType: `HEADING_${heading}` } : {}),
    ...(alignment ? { alignment } : name === 'center' ? { alignment: 'CENTER' } : {}),
  };
}

function rulesOf(style: string | undefined): Map<string, string> {
  const rules = (style ?? '').split(';').map((rule) => rule.split(/:(.*)/s));
  return new Map(
    rules.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim().toLowerCase()]),
  );
}

/** Points of `12pt` or `16px`. */
function pointsOf(value: string | undefined): number | undefined {
  const [, count, unit] = /^([\d.]+)(pt|px)$/.exec(value ?? '') ?? [];
  if (count === undefined) return undefined;
  const points = Number(count) * (unit === 'px' ? 0.75 : 1);
  return points >= 1 && points <= 400 ? points : undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  black: '000000',
  blue: '0000ff',
  gray: '808080',
  green: '008000',
  orange: 'ffa500',
  purple: '800080',
  red: 'ff0000',
  white: 'ffffff',
  yellow: 'ffff00',
};

function rgbOf(value: string | undefined): Fields | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(value ?? '');
  const hex = short
    ? short
        .slice(1)
        .map((c) => c + c)
        .join('')
    : (NAMED[value ?? ''] ?? /^#([\da-f]{6})$/.exec(value ?? '')?.[1]);
  const parts = hex
    ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
    : /^rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)/
        .exec(value ?? '')
        ?.slice(1, 4)
        .map(Number);
  if (!parts) return undefined;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => part / 255);
  return { color: { rgbColor: storedColor({ red, green, blue }) } };
}
