/**
 * What a program says of a change that it makes, kept with the row of the changelog: by whom, why, from where.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-put-request
 */
import { isRecord } from '../../../../src/json.ts';
import { refused } from '../../errors.ts';

const TEXTS = [
  'activityDescription',
  'activityDescriptionKey',
  'description',
  'descriptionKey',
  'emailDescription',
  'emailDescriptionKey',
  'type',
];
const PARTICIPANTS = ['actor', 'cause', 'generator'];

/** What a request says; undefined where it says nothing. 400 for what is of another type. */
export function readHistoryMetadata(input: unknown): Readonly<Record<string, unknown>> | undefined {
  if (input === undefined || input === null) return undefined;
  if (!isRecord(input)) throw refused('badRequest');
  const found: Record<string, unknown> = {};
  for (const key of TEXTS) if (given(input[key])) found[key] = text(input[key]);
  for (const key of [...PARTICIPANTS, 'extraData']) if (given(input[key])) found[key] = textsOf(input[key]);
  return Object.keys(found).length > 0 ? found : undefined;
}

const given = (value: unknown): boolean => value !== undefined && value !== null;

function text(value: unknown): string {
  if (typeof value !== 'string') throw refused('badRequest');
  return value;
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw refused('badRequest');
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (given(one) ? [[key, text(one)]] : [])),
  );
}
