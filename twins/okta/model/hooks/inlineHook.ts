/**
 * Inline hooks: programs that the org asks in the middle of what it does.
 * https://developer.okta.com/docs/concepts/inline-hooks/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { accessRules, apps, inlineHooks, org, policyRules } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { type ChannelInput, channelOf, type HookChannel } from './channel.ts';

export const INLINE_HOOK_TYPES = [
  'com.okta.import.transform',
  'com.okta.oauth2.tokens.transform',
  'com.okta.saml.tokens.transform',
  'com.okta.telephony.provider',
  'com.okta.user.credential.password.import',
  'com.okta.user.pre-registration',
] as const;
export type InlineHookType = (typeof INLINE_HOOK_TYPES)[number];

export interface InlineHook {
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  type: InlineHookType;
  version: string;
  channel: HookChannel;
  created: string;
  lastUpdated: string;
}

export interface InlineHookInput {
  name?: string;
  type?: string;
  version?: string;
  channel?: ChannelInput;
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/InlineHook/ */
const HOOKS_MAX = 50;
const NAME_CHARS_MAX = 255;

/** The inline hook with this id, or E0000007. */
export const findInlineHook = (world: World, id: string): InlineHook =>
  world.require(inlineHooks, id, () => notFound(id, 'InlineHook'));

/** The active hook of a type that an org has one of. */
export const activeHook = (world: World, type: InlineHookType): InlineHook | undefined =>
  world.list(inlineHooks, { index: 'type', equals: type, where: (hook) => hook.status === 'ACTIVE' }).first();

/** All hooks, or those of one type. Throws E0000001 for a type that there is not. */
export function inlineHooksOf(world: World, type: string | null): InlineHook[] {
  if (type === null) return world.list(inlineHooks).toArray();
  return world.list(inlineHooks, { index: 'type', equals: typeOf(type) }).toArray();
}

/**
 * Makes an inline hook, ACTIVE. Throws E0000001 for missing or wrong parts, for the 51st hook, and for a second one
 * of a type that an org has one of.
 */
export function createInlineHook(world: World, who: Who, input: InlineHookInput | undefined): InlineHook {
  const name = nameOf(input);
  const type = typeOf(input?.type);
  const channel = channelFor(world, type, input?.channel);
  if (world.list(inlineHooks).count() >= HOOKS_MAX)
    throw invalid('inlineHook', `inlineHook: The maximum number of ${HOOKS_MAX} inline hooks is reached`);
  if (type === PASSWORD && world.list(inlineHooks, { index: 'type', equals: type }).first()) throw onlyOne();
  if (type === TELEPHONY && activeHook(world, type)) throw onlyOne();
  const now = stamp(world.now());
  const hook = world.insert(inlineHooks, {
    id: newId(world, 'cal'),
    status: 'ACTIVE',
    name,
    type,
    version: input?.version ?? '1.0.0',
    channel,
    created: now,
    lastUpdated: now,
  });
  log(world, who, 'created', hook);
  return hook;
}

/** Replaces an inline hook; its type and status stay. */
export function replaceInlineHook(
  world: World,
  who: Who,
  id: string,
  input: InlineHookInput | undefined,
): InlineHook {
  const { type, channel, version } = findInlineHook(world, id);
  return changeHook(world, who, id, {
    name: nameOf(input),
    channel: channelFor(world, type, input?.channel, channel),
    version: input?.version ?? version,
  });
}

/** Changes the parts that are sent. */
export function updateInlineHook(
  world: World,
  who: Who,
  id: string,
  input: InlineHookInput | undefined,
): InlineHook {
  const { type, channel, version, name } = findInlineHook(world, id);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  return changeHook(world, who, id, {
    name: input.name === undefined ? name : nameOf(input),
    channel: input.channel ? channelFor(world, type, input.channel, channel) : channel,
    version: input.version ?? version,
  });
}

function changeHook(
  world: World,
  who: Who,
  id: string,
  parts: Pick<InlineHook, 'name' | 'channel' | 'version'>,
): InlineHook {
  const changed = world.update(inlineHooks, id, { ...parts, lastUpdated: stamp(world.now()) });
  log(world, who, 'updated', changed);
  return changed;
}

/** Turns an inline hook on or off, and returns it. Throws E0000001 for a second active one that sends messages. */
export function setInlineHookStatus(
  world: World,
  who: Who,
  id: string,
  status: InlineHook['status'],
): InlineHook {
  const old = findInlineHook(world, id);
  if (status === 'ACTIVE' && old.type === TELEPHONY && (activeHook(world, TELEPHONY)?.id ?? id) !== id)
    throw onlyOne();
  const changed = world.update(inlineHooks, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, status === 'ACTIVE' ? 'activated' : 'deactivated', changed);
  return changed;
}

/** Removes an inline hook. Throws E0000001 for one that is on, or that a rule or an app names. */
export function deleteInlineHook(world: World, who: Who, id: string): void {
  const hook = findInlineHook(world, id);
  if (hook.status === 'ACTIVE') throw invalid('status', 'status: An active inline hook cannot be deleted.');
  const user = userOf(world, id);
  if (user) throw invalid('inlineHook', `inlineHook: The inline hook is in use by '${user}'.`);
  world.remove(inlineHooks, id);
  log(world, who, 'deleted', hook);
}

const PASSWORD = 'com.okta.user.credential.password.import';
const TELEPHONY = 'com.okta.telephony.provider';

const onlyOne = () =>
  invalid('type', 'type: An inline hook of this type already exists. Only one is allowed for an org.');

/** The name of a rule or an app that names the hook. */
function userOf(world: World, id: string): string | undefined {
  const named = { index: 'inlineHook', equals: id };
  return (
    world.list(accessRules, named).first()?.name ??
    world.list(policyRules, { index: 'names', equals: id }).first()?.name ??
    world.list(apps, named).first()?.label
  );
}

function nameOf(input: InlineHookInput | undefined): string {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  if (input.name.length > NAME_CHARS_MAX)
    throw invalid('name', `name: The field cannot exceed ${NAME_CHARS_MAX} characters`);
  return input.name;
}

function typeOf(type: string | undefined): InlineHookType {
  if (!type) throw blank('type');
  const known = INLINE_HOOK_TYPES.find((one) => one === type);
  if (!known) throw invalid('type', 'type: The inline hook type is not supported.');
  return known;
}

/** A provider of messages must be shown who calls. */
function channelFor(
  world: World,
  type: InlineHookType,
  input: ChannelInput | undefined,
  old?: HookChannel,
): HookChannel {
  const channel = channelOf(world, input, old, ['HTTP', 'OAUTH']);
  if (type === TELEPHONY && !channel.config.authScheme && !channel.config.oauth) throw blank('authScheme');
  return channel;
}

function log(world: World, who: Who, verb: string, { id, name }: InlineHook): void {
  const thing = { id, type: 'InlineHook', name, alternateId: org(world).subdomain };
  const says = { created: 'Create', updated: 'Update', deleted: 'Delete' }[verb];
  recordChange(
    world,
    who,
    `inline_hook.${verb}`,
    says ? `${says} inline hook` : `Inline hook ${verb}`,
    thing,
  );
}
