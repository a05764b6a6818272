/** What a site tells programs: the webhooks that stand, and the deliveries that came to nothing. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { UserRef } from '../entities.ts';

/** A webhook: made by an administrator, registered by an app for thirty days, or named in an app's descriptor. */
export interface Webhook {
  kind: 'admin' | 'dynamic' | 'connect';
  id: number;
  /** The app that it belongs to: an OAuth client's id, or a Connect app's key. */
  app?: string;
  name: string;
  description: string;
  /** May hold `${issue.key}` and the like. */
  url: string;
  events: readonly string[];
  /** Which issues it is sent for; empty: all. */
  jql: string;
  fieldIds?: readonly string[];
  propertyKeys?: readonly string[];
  excludeBody: boolean;
  enabled: boolean;
  secret?: string;
  /** Universe milliseconds. */
  expiresAt?: number;
  /** Whose eyes its filter has; who changed it last. */
  user: UserRef;
  /** Universe milliseconds. */
  lastUpdated: number;
}

/** A delivery to an app that was given up. */
export interface FailedWebhook {
  /** As in `X-Atlassian-Webhook-Identifier`. */
  id: string;
  app: string;
  url: string;
  body: string;
  /** Universe milliseconds. */
  failureTime: number;
}

export const webhooks = table<Webhook>({
  name: 'jira.webhooks',
  key: (row) => `${row.kind}/${sortable(row.id)}`,
  indexes: { event: (row) => row.events, app: (row) => row.app },
});

export const failedWebhooks = table<FailedWebhook>({
  name: 'jira.failedWebhooks',
  key: (row) => `${row.app}/${sortable(row.failureTime)}/${row.id}`,
});

export const WEBHOOK_TABLES: readonly Table<never>[] = [
  webhooks,
  failedWebhooks,
] as readonly unknown[] as readonly Table<never>[];
