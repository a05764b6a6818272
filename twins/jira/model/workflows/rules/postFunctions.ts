/**
 * What a transition does besides moving the issue: its post functions, in their order, on the values that the issue
 * is about to have. One that cannot do its work leaves the issue as it is and lets the transition go on.
 */
import { ApiError } from '../../../../../src/error.ts';
import type { World } from '../../../../../src/world/world.ts';
import type { IssueFields, User, WorkflowRule } from '../../../world.ts';
import { fieldById } from '../../fields/fields.ts';
import { type Draft, fillIn } from '../../issues/issueFields.ts';
import { personOf } from '../../people/people.ts';
import { issueTypeOf, projectOf } from '../../projects/projects.ts';
import { plainText } from '../../text/adf.ts';
import { parentOf } from './conditions.ts';

export interface Performing {
  world: World;
  user: User;
  draft: Draft;
}

type PostFunction = (at: Performing, parameters: Readonly<Record<string, string>>) => void;

/** Does what rules say, on the draft. Those of apps, and those that call others afterwards, change no values. */
export function perform(at: Performing, rules: readonly WorkflowRule[]): void {
  for (const { ruleKey, parameters } of rules) POST_FUNCTIONS[ruleKey]?.(at, parameters);
}

const POST_FUNCTIONS: Readonly<Record<string, PostFunction>> = {
  'system:change-assignee': assign,
  'system:copy-value-from-other-field': copy,
  'system:update-field': (at, { field = '', value = '', mode }) =>
    set(at, field, mode === 'append' ? appended(at, field, value) : inputOf(at, field, value)),
};

function assign({ world, user, draft }: Performing, { type, accountId }: Record<string, string>): void {
  const project = projectOf(world, draft.fields.project);
  const chosen = {
    'to-selected-user': accountId ? { accountId } : null,
    'to-unassigned': null,
    'to-current-user': user,
    'to-default-user': project.assigneeType === 'PROJECT_LEAD' ? project.lead : null,
    'to-lead': project.lead,
    'to-reporter': draft.fields.reporter,
  }[type ?? ''];
  if (chosen === undefined) return;
  const person = personOf(world, chosen);
  if (chosen === null || person?.active)
    draft.fields.assignee = person ? { accountId: person.accountId } : null;
}

function copy(at: Performing, parameters: Readonly<Record<string, string>>): void {
  const { sourceFieldKey = '', targetFieldKey = '', issueSource } = parameters;
  const from = issueSource === 'PARENT' ? parentOf(at.world, at.draft)?.fields : at.draft.fields;
  if (!from) return;
  const value = (from as unknown as Record<string, unknown>)[sourceFieldKey] ?? null;
  if ([sourceFieldKey, targetFieldKey].every((id) => kindOf(at.world, id) === 'document'))
    (at.draft.fields as unknown as Record<string, unknown>)[targetFieldKey] = value;
  else set(at, targetFieldKey, inputOf(at, targetFieldKey, textOf(value)));
}

const kindOf = (world: World, fieldId: string): string => {
  const schema = fieldById(world, fieldId)?.schema;
  if (fieldId === 'description' || fieldId === 'environment') return 'document';
  return schema?.items ? `${schema.type}:${schema.items}` : (schema?.type ?? '');
};

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value !== 'object') return String(value);
  const one = value as Record<string, unknown>;
  if (one.type === 'doc') return plainText(value as never);
  return String(one.accountId ?? one.id ?? one.value ?? '');
}

/** Sets a field as a request would; a value that is not taken leaves it as it was. */
function set(at: Performing, field: string, value: unknown): void {
  const { world, draft } = at;
  const before = { ...draft.fields } as IssueFields;
  const place = {
    world,
    project: projectOf(world, draft.fields.project),
    type: issueTypeOf(world, draft.fields.issuetype),
    draft,
    form: 'wiki' as const,
    screen: new Set([field]),
  };
  try {
    fillIn(place, { fields: { [field]: value } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    draft.fields = before;
  }
}

/** What a request would send for a text; an empty one takes the value away. */
function inputOf({ world }: Performing, field: string, text: string): unknown {
  const [kind = 'string', items] = kindOf(world, field).split(':');
  if (kind === 'array')
    return text === '' ? [] : text.split(',').map((one) => single(items ?? '', one.trim()));
  return text === '' ? null : single(kind, text);
}

function single(kind: string, text: string): unknown {
  if (kind === 'user') return { accountId: text };
  if (kind === 'number') return Number(text);
  if (kind === 'string' || kind === 'document' || kind === 'date' || kind === 'datetime') return text;
  return /^\d+$/.test(text) ? { id: text } : kind === 'option' ? { value: text } : { name: text };
}

function appended(at: Performing, field: string, text: string): unknown {
  const stored = (at.draft.fields as unknown as Record<string, unknown>)[field];
  const kind = kindOf(at.world, field);
  if (kind.startsWith('array')) {
    const more = inputOf(at, field, text) as unknown[];
    return [...((stored as unknown[] | null) ?? []), ...more];
  }
  return inputOf(at, field, `${textOf(stored)}${text}`);
}
