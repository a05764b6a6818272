/** Rows of dashboards and the gadgets on them. */
import { type Table, table } from '../../../src/table.ts';
import type { Shared } from './filters.ts';

export interface Dashboard extends Shared {
  id: string;
  name: string;
  description: string;
  /** The site's own, which nobody deletes; its owner is nobody. */
  system?: true;
}

export type GadgetColor = 'blue' | 'red' | 'yellow' | 'green' | 'cyan' | 'purple' | 'gray' | 'white';

export interface Gadget {
  id: number;
  dashboardId: string;
  /** One of the two says what it is. */
  moduleKey?: string;
  uri?: string;
  color: GadgetColor;
  position: { row: number; column: number };
  title: string;
}

export const dashboards = table<Dashboard>({
  name: 'jira.dashboards',
  key: (row) => row.id,
  indexes: { owner: (row) => row.owner.accountId, name: (row) => row.name.toLowerCase() },
});
export const gadgets = table<Gadget>({
  name: 'jira.gadgets',
  key: (row) => String(row.id),
  indexes: { dashboard: (row) => row.dashboardId },
});

export const DASHBOARD_TABLES = [dashboards, gadgets] as readonly unknown[] as readonly Table<never>[];
