/** `blocks.validate`: whether blocks, a message or a view would do. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, json, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { blockErrors, viewErrors } from '../model/blocks/grammar.ts';
import { isObject, type Json } from '../world.ts';
import { both, method } from './method.ts';

const KINDS = ['blocks', 'message', 'view'] as const;
/** Says of a whole what is said of its part besides. */
const GENERAL = 'failed to match all allowed schemas';
const ONE_OF = 'must provide exactly one of `blocks`, `view`, or `message`';

export const blockMethods: readonly Endpoint[] = [
  method('blocks.validate', { ...both(), tier: 'Tier4' }, ({ args }) => {
    const kind = theKind(args);
    const errors = wrongIn(kind, partIn(args, kind)).filter((one) => !one.startsWith(GENERAL));
    if (errors.length > 0) throw refuse(`invalid_${kind}`, { errors: errors.map((one) => told(one, kind)) });
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

function wrongIn(kind: (typeof KINDS)[number], value: unknown): string[] {
  if (kind === 'blocks') return blockErrors(value);
  if (kind === 'view') return viewErrors(value as Json);
  const { blocks, attachments } = value as Json;
  const own = blocks === undefined ? [] : blockErrors(blocks);
  const hung = (Array.isArray(attachments) ? attachments : []).flatMap((one: unknown, i) =>
    isObject(one) && one.blocks !== undefined
      ? blockErrors(one.blocks).map((error) =>
          error.replace('[json-pointer:', `[json-pointer:/attachments/${i}`),
        )
      : [],
  );
  return [...own, ...hung];
}

/** An error of the grammar in this method's form: the place apart, counted from the value that was given. */
function told(error: string, kind: (typeof KINDS)[number]): Json {
  const [, message = error, pointer = ''] = /^(.*) \[json-pointer:([^\]]*)\]$/s.exec(error) ?? [];
  const root = kind === 'message' ? '' : `/${kind}`;
  const place = pointer.startsWith(root) ? pointer.slice(root.length) : pointer;
  return { code: 'failed_constraint', message, pointer: place || '/' };
}
