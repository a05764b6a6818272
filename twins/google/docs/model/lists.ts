/** Lists as bullet presets make them. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#BulletGlyphPreset */
import type { Bullet, Fields } from '../world/content.ts';
import type { List } from '../world.ts';

/** Nesting levels of every list. */
export const LEVELS = 9;
/** Points from one level to the next, and from a bullet to its text. */
const STEP = 36;
const HANG = 18;

/** The glyphs of the first levels; they come again behind the third. `*` is a checkbox, which has no sign of its own. */
const SYMBOLS: Readonly<Record<string, string>> = {
  BULLET_DISC_CIRCLE_SQUARE: '●○■',
  BULLET_DIAMONDX_ARROW3D_SQUARE: '❖➢■',
  BULLET_CHECKBOX: '*',
  BULLET_ARROW_DIAMOND_DISC: '➔◆●',
  BULLET_STAR_CIRCLE_SQUARE: '★○■',
  BULLET_ARROW3D_CIRCLE_SQUARE: '➢○■',
  BULLET_LEFTTRIANGLE_DIAMOND_DISC: '◀◆●',
  BULLET_DIAMONDX_HOLLOWDIAMOND_SQUARE: '❖◇■',
  BULLET_DIAMOND_CIRCLE_SQUARE: '◆○■',
};

const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  NUMBERED_DECIMAL_ALPHA_ROMAN: ['DECIMAL', 'ALPHA', 'ROMAN'],
  NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS: ['DECIMAL', 'ALPHA', 'ROMAN'],
  NUMBERED_DECIMAL_NESTED: ['DECIMAL'],
  NUMBERED_UPPERALPHA_ALPHA_ROMAN: ['UPPER_ALPHA', 'ALPHA', 'ROMAN'],
  NUMBERED_UPPERROMAN_UPPERALPHA_DECIMAL: ['UPPER_ROMAN', 'UPPER_ALPHA', 'DECIMAL'],
  NUMBERED_ZERODECIMAL_ALPHA_ROMAN: ['ZERO_DECIMAL', 'ALPHA', 'ROMAN'],
};

/** A new list of a preset; undefined for one that Docs does not have. */
export function listOf(preset: string): List | undefined {
  if (!(preset in SYMBOLS) && !(preset in NUMBERS)) return undefined;
  const nestingLevels = Array.from({ length: LEVELS }, (_, level) => nestingLevel(preset, level));
  return { preset, listProperties: { nestingLevels } };
}

/** How far a paragraph at a level is indented. */
export const indentAt = (level: number): { indentFirstLine: Fields; indentStart: Fields } => ({
  indentFirstLine: { magnitude: HANG + STEP * level, unit: 'PT' },
  indentStart: { magnitude: STEP + STEP * level, unit: 'PT' },
});

/** How far a paragraph that was at a level is indented without its bullet. */
export const plainIndentAt = (level: number): Fields => ({
  indentFirstLine: { magnitude: STEP * level, unit: 'PT' },
  indentStart: { magnitude: STEP * level, unit: 'PT' },
});

/** The bullets of a level before they are styled. */
const BULLET_STYLE: Fields = { underline: false };

export const bulletOf = (listId: string, nestingLevel: number): Bullet => ({
  listId,
  nestingLevel: Math.min(nestingLevel, LEVELS - 1),
  textStyle: BULLET_STYLE,
});

function nestingLevel(preset: string, level: number): Fields {
  return {
    bulletAlignment: 'START',
    ...glyph(preset, level),
    glyphFormat: format(preset, level),
    ...indentAt(level),
    textStyle: BULLET_STYLE,
    startNumber: 1,
  };
}

function glyph(preset: string, level: number): Fields {
  const types = NUMBERS[preset];
  if (types) return { glyphType: types[level % types.length] };
  const symbols = SYMBOLS[preset] ?? '';
  const glyphSymbol = symbols[level % symbols.length];
  return glyphSymbol === '*' ? { glyphType: 'GLYPH_TYPE_UNSPECIFIED' } : { glyphSymbol };
}

function format(preset: string, level: number): string {
  if (!(preset in NUMBERS)) return `%${level}`;
  if (preset === 'NUMBERED_DECIMAL_NESTED')
    return Array.from({ length: level + 1 }, (_, nth) => `%${nth}.`).join('');
  return `%${level}${preset.endsWith('_PARENS') ? ')' : '.'}`;
}
