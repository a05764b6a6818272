/**
 * Something happened that programs may want to hear of. Whoever changes the site calls `happened`, in the transaction
 * of the change: after it for what came or changed, before it for what goes. Webhooks that ask for the event, and whose
 * filters the issue passes, are sent its body as of that moment.
 */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { siteBase } from '../../hosts.ts';
import { type Webhook, webhooks } from '../../world/webhooks.ts';
import type {
  Attachment,
  Board,
  Comment,
  HistoryItem,
  Issue,
  IssueLink,
  IssueType,
  Project,
  Property,
  Sprint,
  User,
  UserRef,
  Version,
  Worklog,
} from '../../world.ts';
import { notifyOf } from '../notifications/notifyOf.ts';
import type { IssueEventType, WebhookEvent } from './events.ts';
import { passes } from './filter.ts';
import { addressed } from './url.ts';

/** One event: its name, who caused it, and the rows that it is about, under the vendor's nouns. */
export interface Happening {
  event: WebhookEvent;
  /** Who caused it. */
  user?: UserRef | undefined;
  issue?: Issue;
  /** Of `jira:issue_updated`: the row of the changelog. */
  changelog?: { id: string; items: readonly HistoryItem[] };
  /** Of the three issue events; where absent, what the event says by itself. */
  eventType?: IssueEventType;
  comment?: Comment;
  worklog?: Worklog;
  attachment?: Attachment;
  issueLink?: IssueLink;
  property?: Property;
  issueType?: IssueType;
  project?: Project;
  version?: Version;
  /** Of `jira:version_merged` and `_deleted`: where its issues went. */
  mergedTo?: Version;
  /** Of `user_*`: the person it is about. */
  subject?: User;
  board?: Board;
  sprint?: Sprint;
  /** Of `sprint_updated`: the sprint as it was. */
  oldSprint?: Sprint;
  /** Of `option_*`: `{key: 'jira.option.voting', value: true}`. */
  option?: { key: string; value: unknown };
  /** It follows from another event of the same change, as a comment's end from its issue's. */
  secondary?: boolean;
}

/** Makes the body of an event as programs get it. */
export type Shower = (world: World, happening: Happening) => Record<string, unknown>;

let show: Shower = () => {
  throw new Error('nobody shows webhooks: the twin was not put together');
};

/** Views are no affair of models: the twin, as it is put together, says who makes bodies. */
export const showHappeningsBy = (shower: Shower): void => {
  show = shower;
};

/** Tells the webhooks that ask for it, and the people whom the project's notification scheme names. */
export function happened(world: World, happening: Happening): void {
  notifyOf(world, happening);
  let body: Record<string, unknown> | undefined;
  for (const webhook of world.list(webhooks, { index: 'event', equals: happening.event }).toArray()) {
    if (!passes(world, webhook, happening)) continue;
    body ??= show(world, happening);
    tell(world, webhook, happening, body);
  }
}

/** Calls one webhook, whatever events it asks for: a transition says so. `more` goes into the body. */
export const callWebhook = (
  world: World,
  webhook: Webhook,
  happening: Happening,
  more: Readonly<Record<string, unknown>>,
): void => tell(world, webhook, happening, { ...show(world, happening), ...more });

function tell(world: World, webhook: Webhook, happening: Happening, body: Record<string, unknown>): void {
  world.emit({
    channel: 'webhooks',
    event: happening.event,
    to: addressed(webhook.url, happening),
    ...(webhook.app === undefined ? {} : { app: webhook.app }),
    payload: {
      webhook: webhooks.key(webhook),
      identifier: uuid(world.draw('jira.webhook.delivery')),
      flow: happening.secondary ? 'Secondary' : 'Primary',
      base: siteBase(world),
      body: webhook.kind === 'dynamic' ? { ...body, matchedWebhookIds: [webhook.id] } : body,
    },
  });
}
