/** What Slack's reference says of its methods; it lies beside the checkout, and who lacks it skips. */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = process.env.ORRERY_SPECS
  ? new URL(`file://${process.env.ORRERY_SPECS}/slack/`)
  : new URL('../../../../shared/specs/slack/', import.meta.url);

/** Is the reference there? */
export const hasSpecs = existsSync(new URL('methods.json', FOLDER));

/** A file of the reference. */
export const spec = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;

/** A method as `methods.json` has it. */
export interface Described {
  /** Scopes by kind of token, any of which will do; `none`: no scope. */
  scope: Readonly<Record<string, readonly string[]>> | null;
  deprecated: boolean;
  in_current_reference: boolean;
  rate_limit: string;
  args: { required?: readonly string[]; properties: Readonly<Record<string, unknown>> };
  errors: Readonly<Record<string, unknown>>;
  examples?: Readonly<Record<string, unknown>>;
  /** What it answers, in Slack's own shorthand. */
  output?: unknown;
}

/** Every method by name; none without the reference. */
export const described: Readonly<Record<string, Described>> = hasSpecs ? spec('methods.json') : {};

/** Methods that Slack has today, but for those of Enterprise's administrators. */
export const current: readonly string[] = Object.keys(described).filter(
  (name) => described[name]?.in_current_reference === true && !name.startsWith('admin.'),
);
