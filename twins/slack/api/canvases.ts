/** `canvases.*` and `conversations.canvases.create`. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, ids, json, missing, objects, required, text } from '../args.ts';
import { invalidArguments, mustBe, refuse } from '../errors.ts';
import { theOwnChannel } from '../model/channels/access.ts';
import {
  type CanvasChange,
  type CanvasDraft,
  createCanvas,
  createChannelCanvas,
  deleteCanvas,
  editCanvas,
  isChannelCanvas,
  OPERATIONS,
  type SectionCriteria,
  sectionsFound,
  theCanvas,
} from '../model/files/canvas.ts';
import { type AccessLevel, grant, ungrant } from '../model/files/fileAccess.ts';
import { isObject, type Json } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const writing = both('canvases:write');
const LEVELS = ['read', 'write', 'owner'];
const SECTION_TYPES = ['h1', 'h2', 'h3', 'any_header'];

export const canvasMethods: readonly Endpoint[] = [
  method('canvases.create', { ...writing, tier: 'Tier2' }, ({ world, actor, args }) => {
    const id = text(args, 'channel_id');
    const place = id ? { channel: theOwnChannel(world, actor, id), own: false } : undefined;
    return { canvas_id: createCanvas(world, actor, draftIn(args), place).id };
  }),
  method(
    'conversations.canvases.create',
    { ...writing, tier: 'Tier2', required: ['channel_id'] },
    ({ world, actor, args }) => {
      const channel = theOwnChannel(world, actor, required(args, 'channel_id'));
      return { canvas_id: createChannelCanvas(world, actor, channel, draftIn(args)).id };
    },
  ),
  method('canvases.edit', { ...writing, tier: 'Tier3', required: ['canvas_id', 'changes'] }, (call) => {
    const { world, actor, args } = call;
    const change = changeIn(args);
    editCanvas(world, actor, theCanvas(world, actor, required(args, 'canvas_id')), change);
    return {};
  }),
  method('canvases.delete', { ...writing, tier: 'Tier3', required: ['canvas_id'] }, (call) => {
    const { world, actor, args } = call;
    deleteCanvas(world, actor, theCanvas(world, actor, required(args, 'canvas_id')));
    return {};
  }),
  method(
    'canvases.sections.lookup',
    { ...both('canvases:read'), tier: 'Tier3', required: ['canvas_id', 'criteria'] },
    ({ world, actor, args }) => {
      const criteria = criteriaIn(args);
      const file = theCanvas(world, actor, required(args, 'canvas_id'), 'canvas_deleted');
      return { sections: sectionsFound(world, file, criteria) };
    },
  ),
  method(
    'canvases.access.set',
    { ...writing, tier: 'Tier3', required: ['canvas_id', 'access_level'] },
    (call) => {
      const level = required(call.args, 'access_level');
      if (!LEVELS.includes(level)) throw mustBe('access_level', LEVELS);
      grant(call.world, call.actor, sharable(call), grantees(call.args), level as AccessLevel);
      return {};
    },
  ),
  method('canvases.access.delete', { ...writing, tier: 'Tier3', required: ['canvas_id'] }, (call) => {
    ungrant(call.world, call.actor, sharable(call), grantees(call.args));
    return {};
  }),
];

/** Who may open a channel's own canvas, the channel says. */
function sharable({ world, actor, args }: MethodCall) {
  const file = theCanvas(world, actor, required(args, 'canvas_id'));
  if (isChannelCanvas(world, file)) throw refuse('canvas_not_found');
  return file;
}

/** Whom `user_ids` or `channel_ids` name. */
export const grantees = (args: Args) => ({
  users: ids(args, 'user_ids'),
  channels: ids(args, 'channel_ids'),
});

const draftIn = (args: Args): CanvasDraft => ({
  title: text(args, 'title'),
  markdown: markdownOf(json(args, 'document_content', 'invalid_arguments'), '/document_content'),
});

function markdownOf(content: unknown, at: string): string | undefined {
  if (content === undefined) return undefined;
  if (!isObject(content)) throw invalidArguments([`must be a valid object [json-pointer:${at}]`]);
  if (content.type !== 'markdown')
    throw invalidArguments([`value must be one of: markdown [json-pointer:${at}/type]`]);
  if (typeof content.markdown !== 'string')
    throw invalidArguments([`missing required field: markdown [json-pointer:${at}]`]);
  return content.markdown;
}

/** Slack takes one change a time. */
function changeIn(args: Args): CanvasChange {
  const given = objects(args, 'changes', 'invalid_arguments') ?? [];
  const [change] = given;
  if (!change) throw invalidArguments(['no fewer than 1 items allowed [json-pointer:/changes]']);
  if (given.length > 1) throw invalidArguments(['no more than 1 items allowed [json-pointer:/changes]']);
  const operation = OPERATIONS.find((one) => one === change.operation);
  if (!operation) throw mustBe('changes/0/operation', OPERATIONS);
  const section_id = typeof change.section_id === 'string' ? change.section_id : undefined;
  const contents = contentsOf(change);
  const needs = (name: string) =>
    invalidArguments([`missing required field: ${name} [json-pointer:/changes/0]`]);
  if (['insert_after', 'insert_before', 'delete'].includes(operation) && !section_id)
    throw needs('section_id');
  if (operation === 'rename' && contents.title === undefined) throw needs('title_content');
  if (operation !== 'rename' && operation !== 'delete' && contents.markdown === undefined)
    throw needs('document_content');
  return { operation, ...(section_id ? { section_id } : {}), ...contents };
}

function contentsOf(change: Json): { markdown?: string; title?: string } {
  const markdown = markdownOf(change.document_content, '/changes/0/document_content');
  const title = markdownOf(change.title_content, '/changes/0/title_content');
  return { ...(markdown === undefined ? {} : { markdown }), ...(title === undefined ? {} : { title }) };
}

function criteriaIn(args: Args): SectionCriteria {
  const criteria = json(args, 'criteria', 'invalid_arguments');
  if (!isObject(criteria)) throw missing('criteria');
  const { section_types: types, contains_text: said } = criteria;
  if (types === undefined && said === undefined)
    throw invalidArguments([
      'must have at least one of: section_types, contains_text [json-pointer:/criteria]',
    ]);
  if (types !== undefined && !(Array.isArray(types) && types.every((one) => SECTION_TYPES.includes(one))))
    throw mustBe('criteria/section_types', SECTION_TYPES);
  return { types: types as string[] | undefined, text: said === undefined ? undefined : String(said) };
}
