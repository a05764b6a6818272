/** `blocks.validate`: whether blocks, a message or a view would do. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, json, text } from '../args.ts';
import { refuse } from '../errors.ts';
import type { Fault } from '../model/blocks/check.ts';
import { blockFaults, viewFaults } from '../model/blocks/grammar.ts';
import { isObject, type Json } from '../world.ts';
import { method } from './method.ts';

const KINDS = ['blocks', 'message', 'view'] as const;
const ONE_OF = 'must provide exactly one of `blocks`, `view`, or `message`';

export const blockMethods: readonly Endpoint[] = [
  method('blocks.validate', { tier: 'Tier4', auth: 'none' }, ({ args }) => {
    const kind = theKind(args);
    const faults = wrongIn(kind, partIn(args, kind)).filter(({ summary }) => !summary);
    if (faults.length > 0) throw refuse(`invalid_${kind}`, { errors: faults.map(told) });
    return {};
  }),
];

function theKind(args: Args): (typeof KINDS)[number] {
  const [kind, ...more] = KINDS.filter((one) => text(args, one));
  if (!kind || more.length > 0)
    throw refuse('invalid_arguments', { response_metadata: { messages: [ONE_OF] } });
  return kind;
}

function partIn(args: Args, kind: (typeof KINDS)[number]): unknown {
  const value = json(args, kind, 'invalid_arguments');
  if (kind !== 'blocks' && !isObject(value)) throw refuse('invalid_arguments');
  return value;
}

/** What is wrong, each at a place counted from the value that was given. */
function wrongIn(kind: (typeof KINDS)[number], value: unknown): Fault[] {
  if (kind === 'blocks') return blockFaults(value, '');
  if (kind === 'view') return viewFaults(value as Json, '');
  const { blocks, attachments } = value as Json;
  const own = blocks === undefined ? [] : blockFaults(blocks, '/blocks');
  const hung = (Array.isArray(attachments) ? attachments : []).flatMap((one: unknown, i) =>
    isObject(one) && one.blocks !== undefined ? blockFaults(one.blocks, `/attachments/${i}/blocks`) : [],
  );
  return [...own, ...hung];
}

/** A fault in this method's form. */
const told = ({ message, pointer, constraint, field }: Fault): Json => ({
  code: field === undefined ? 'failed_constraint' : 'missing_field',
  message,
  pointer: pointer || '/',
  ...(constraint ? { constraint } : {}),
  ...(field === undefined ? {} : { field }),
});
