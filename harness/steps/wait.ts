/** Steps that wait until the world shows something: a message, an issue, a membership, or an expression. */
import { HELPERS } from '../lens/all.ts';
import { issuesOf } from '../lens/jira.ts';
import type { LensWorld } from '../lens/lens.ts';
import { emailOf } from '../lens/lens.ts';
import { type Message, messagesIn, speaksOf } from '../lens/slack.ts';
import type { Condition } from '../scenario.ts';
import { refer, type Scope } from './scope.ts';

/** Looks at the world as it is now; gives what it found, or undefined. */
export type Finder = () => unknown;

/** Makes the look-out of a `wait`. `fresh` tells whether a message is of this trial and not yet bound. */
export function finderOf(
  wait: Record<string, unknown>,
  scope: Scope,
  fresh: (m: Message) => boolean,
): Finder {
  const [kind = '', what] = Object.entries(wait)[0] ?? [];
  const look = LOOKS[kind];
  if (!look) throw new Error(`nothing can wait for "${kind}"`);
  return look(what, scope, fresh);
}

type Look = (what: unknown, scope: Scope, fresh: (m: Message) => boolean) => Finder;

const LOOKS: Record<string, Look> = {
  that: (what, scope) => {
    const expression = scope.expressions.compile(what as Condition);
    return () => expression.evaluate(scope.world, scope.names()) === true || undefined;
  },
  'slack.message': lookForMessage,
  'jira.issue': (what, scope) => {
    const { project, where = {} } = what as { project: string; where?: Record<string, unknown> };
    const wanted = Object.fromEntries(Object.entries(where).map(([k, v]) => [k, valueIn(v, scope)]));
    return () => issuesOf(scope.world, String(refer(project, scope)), wanted).at(-1);
  },
  'okta.member': (what, scope) => {
    const { user, group, not = false } = what as { user: string; group: string; not?: boolean };
    const email = emailOf(refer(user, scope));
    const name = String(refer(group, scope));
    const inGroup = HELPERS.get('inGroup');
    return () =>
      (inGroup?.call(scope.world, email, name) === true) !== not ? { user: email, group: name } : undefined;
  },
};

interface MessageWanted {
  to?: string;
  in?: string;
  has?: 'button' | 'text';
  about?: string;
  text?: string;
  thread?: string;
}

function lookForMessage(what: unknown, scope: Scope, fresh: (m: Message) => boolean): Finder {
  const wanted = what as MessageWanted;
  const get = (text: string | undefined) => (text === undefined ? undefined : refer(text, scope));
  const [to, place, about, words] = [get(wanted.to), get(wanted.in), get(wanted.about), get(wanted.text)];
  const thread = get(wanted.thread) as Message | undefined;
  return () => {
    const found = placesOf(scope.world, to, place).filter((message) => {
      return (
        message.byCandidate &&
        fresh(message) &&
        (wanted.has !== 'button' || message.buttons.length > 0) &&
        (wanted.has !== 'text' || message.text !== '') &&
        (words === undefined || message.text.includes(String(words))) &&
        (about === undefined || speaksOf(scope.world, message, about)) &&
        (thread === undefined || message.thread_ts === thread.ts) &&
        (to === undefined || message.to !== '' || message.mentions.includes(emailOf(to)))
      );
    });
    return found[0];
  };
}

/** Where a message to a person can stand: their direct conversations, or the named channel. */
function placesOf(world: LensWorld, to: unknown, place: unknown): Message[] {
  if (place !== undefined) return messagesIn(world, place);
  return to === undefined ? [] : messagesIn(world, to);
}

function valueIn(value: unknown, scope: Scope): unknown {
  const referred = typeof value === 'string' ? refer(value, scope) : value;
  return typeof referred === 'object' && referred !== null && 'email' in referred ? referred.email : referred;
}
