/** What apps that Slack hosts did, as their developers read it. https://docs.slack.dev/reference/methods/apps.activities.list */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { sortable, table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { ACTIVITIES_PER_APP_MAX } from '../../limits.ts';
import type { App, Json } from '../../world.ts';

/** One line of an app's log. */
export interface Activity {
  level: (typeof LEVELS)[number];
  event_type: string;
  source: 'slack' | 'developer';
  component_type: 'events_api' | 'workflows' | 'functions' | 'tables';
  component_id: string;
  payload: Json;
  /** Microseconds. */
  created: number;
  trace_id: string;
}

interface Entry extends Activity {
  app: string;
  nth: number;
}

/** The least first. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export const activities = table<Entry>({
  name: 'slack.activities',
  key: (row) => `${row.app}/${sortable(row.nth)}`,
});

/** Writes a line; of an app's lines the newest are kept. Lines about the same `thing` share a trace. */
export function log(
  world: World,
  app: App,
  said: Omit<Activity, 'created' | 'trace_id'>,
  thing?: string,
): void {
  const nth = world.next(`slack.activity/${app.id}`);
  world.insert(activities, {
    ...said,
    app: app.id,
    nth,
    created: world.now() * 1_000 + (nth % 1_000),
    trace_id: shaped(world.drawFor('slack.trace', app.id, thing ?? nth), 'Tr0', 9, UPPER36),
  });
  if (nth > ACTIVITIES_PER_APP_MAX)
    world.remove(activities, `${app.id}/${sortable(nth - ACTIVITIES_PER_APP_MAX)}`);
}

/** What is asked of an app's log; times in microseconds. */
export interface ActivityQuery {
  level: Activity['level'];
  /** Fields that must be as given. */
  like: Partial<Pick<Activity, 'event_type' | 'source' | 'component_type' | 'component_id' | 'trace_id'>>;
  from: number;
  to: number;
  newestFirst: boolean;
}

/** An app's lines that fit. */
export const activitiesOf = (world: World, app: App, query: ActivityQuery) =>
  world.list(activities, {
    prefix: `${app.id}/`,
    reverse: query.newestFirst,
    where: (row) =>
      LEVELS.indexOf(row.level) >= LEVELS.indexOf(query.level) &&
      row.created >= query.from &&
      row.created <= query.to &&
      Object.entries(query.like).every(([name, value]) => row[name as keyof Activity] === value),
  });

/** A line as developers see it. */
export const activityView = ({ app: _app, nth: _nth, ...shown }: Entry): Activity => shown;
