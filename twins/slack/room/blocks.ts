/** Block Kit as blocks of a screen: what can be pressed is pressed by gesture. https://docs.slack.dev/block-kit */
import type { Act, Block, Field, Line } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { isObject, type Json } from '../world.ts';
import { labelOf, markedLines, parts, richLines, textLines } from './text.ts';

/** What the gestures are told about where the blocks stand: a message or a view. */
export type Where = { message: { channel: string; ts: string } } | { view: string };

/** Blocks of a message or a view; inputs of a view are filled in elsewhere (`inputFields`). */
export function shownBlocks(world: World, where: Where, blocks: readonly Json[]): Block[] {
  return blocks.flatMap((block): Block[] => shown(world, where, block));
}

/** The inputs of a view as fields of its submission. */
export function inputFields(blocks: readonly Json[]): Field[] {
  return blocks
    .filter((block) => block.type === 'input' && isObject(block.element))
    .map((block) => field(block, block.element as Json));
}

/** An attachment of the older kind. */
export function attachmentBlocks(world: World, where: Where, attachment: Json): Block[] {
  const lines: Line[] = [
    ...['pretext', 'title', 'text', 'fallback'].flatMap((key, nth) => {
      const text = attachment[key];
      if (typeof text !== 'string' || (nth === 3 && (attachment.text || attachment.blocks))) return [];
      return markedLines(world, key === 'title' ? `*${text}*` : text);
    }),
    ...parts(attachment.fields).flatMap((one) =>
      markedLines(world, `*${String(one.title ?? '')}* ${String(one.value ?? '')}`),
    ),
  ];
  return [
    ...(lines.length > 0 ? [{ kind: 'text' as const, lines }] : []),
    ...shownBlocks(world, where, parts(attachment.blocks)),
  ];
}

function shown(world: World, where: Where, block: Json): Block[] {
  switch (block.type) {
    case 'header':
      return [{ kind: 'text', lines: [{ style: 'heading', runs: [{ text: labelOf(block.text) }] }] }];
    case 'section': {
      const lines = [
        ...textLines(world, block.text),
        ...parts(block.fields).flatMap((one) => textLines(world, one)),
      ];
      return [{ kind: 'text', lines }, ...pressed(where, isObject(block.accessory) ? [block.accessory] : [])];
    }
    case 'context':
      return [{ kind: 'text', lines: parts(block.elements).flatMap((one) => small(textLines(world, one))) }];
    case 'rich_text':
      return [{ kind: 'text', lines: richLines(world, block) }];
    case 'divider':
      return [{ kind: 'rule' }];
    case 'actions':
      return pressed(where, parts(block.elements));
    case 'image':
      return [{ kind: 'text', lines: [picture(String(block.alt_text ?? ''), block.image_url)] }];
    default:
      return [];
  }
}

const small = (lines: readonly Line[]): Line[] => lines.map((line) => ({ ...line, style: 'small' }));

const picture = (alt: string, url: unknown): Line => ({
  runs: [{ text: `[picture: ${alt}]`, ...(typeof url === 'string' ? { href: url } : {}) }],
});

function pressed(where: Where, elements: readonly Json[]): Block[] {
  const acts = elements.filter((one) => one.action_id !== undefined).map((one) => act(where, one));
  return acts.length === 0 ? [] : [{ kind: 'acts', acts }];
}

function act(where: Where, element: Json): Act {
  const action = String(element.action_id);
  if (element.type === 'button') {
    const button = { action, ...(element.value === undefined ? {} : { value: element.value }) };
    const style = element.style === 'primary' || element.style === 'danger' ? { style: element.style } : {};
    return {
      label: labelOf(element.text),
      gesture: 'click',
      with: { ...where, button },
      ...(style as object),
    };
  }
  const chosen: Field = {
    path: ['button', 'value'],
    label: labelOf(element.placeholder),
    ...control(element),
  };
  const type = chosen.type === 'many' ? 'choice' : chosen.type;
  const with_ = { ...where, button: { action } };
  return { label: 'Choose', gesture: 'click', with: with_, fields: [{ ...chosen, type }] };
}

function field(block: Json, element: Json): Field {
  return {
    path: ['values', String(block.block_id), String(element.action_id)],
    label: labelOf(block.label),
    optional: block.optional === true,
    ...control(element),
  };
}

/** The control for an element, with what it shows to begin with. */
function control(element: Json): Pick<Field, 'type' | 'options' | 'value'> {
  const options = offered(element);
  const many = element.type === 'checkboxes' || String(element.type).startsWith('multi_');
  if (options.length > 0) return { type: many ? 'many' : 'choice', options, value: initial(element, many) };
  if (element.type === 'datepicker') return { type: 'date', value: element.initial_date };
  if (element.type === 'number_input') return { type: 'number', value: element.initial_value };
  const value = element.initial_value;
  return { type: element.multiline === true ? 'long' : 'text', ...(value === undefined ? {} : { value }) };
}

const offered = (element: Json): { label: string; value: unknown }[] =>
  [...parts(element.options), ...parts(element.option_groups).flatMap((group) => parts(group.options))].map(
    (one) => ({ label: labelOf(one.text), value: one.value }),
  );

const initial = (element: Json, many: boolean): unknown =>
  many
    ? parts(element.initial_options).map((one) => one.value)
    : isObject(element.initial_option)
      ? element.initial_option.value
      : undefined;
