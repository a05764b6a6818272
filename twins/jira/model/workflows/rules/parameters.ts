/** Whether the parameters of a rule say what they may say, and name what is there. */
import type { World } from '../../../../../src/world/world.ts';
import { type Scope, statuses, users } from '../../../world.ts';
import { fieldById } from '../../fields/fields.ts';
import { permissionByKey } from '../../permissions/permissions.ts';
import { isScreen } from '../transitionScreen.ts';
import { idsIn, type ParameterKind, type RuleSpec } from './catalogue.ts';

/** What is wrong with the parameters of a rule, in a sentence; nothing where all is well. */
export function parameterProblem(
  world: World,
  { parameters: known, app }: RuleSpec,
  parameters: Readonly<Record<string, string>>,
  scope: Scope | undefined,
): string | undefined {
  const unknown = app ? undefined : Object.keys(parameters).find((key) => !Object.hasOwn(known, key));
  if (unknown !== undefined) return `The parameter '${unknown}' is not supported.`;
  for (const [key, { holds, required }] of Object.entries(known)) {
    const value = parameters[key];
    if (value === undefined || value === '') {
      if (required && value === undefined) return `The parameter '${key}' is required.`;
      continue;
    }
    if (!isValid(world, holds, value, scope))
      return `The value '${value}' of parameter '${key}' is not valid.`;
  }
  return undefined;
}

function isValid(world: World, kind: ParameterKind, value: string, scope: Scope | undefined): boolean {
  if (typeof kind !== 'string') return kind.includes(value);
  const each = (test: (id: string) => boolean) => idsIn(value).every(test);
  const account = (id: string) => world.get(users, id) !== undefined;
  switch (kind) {
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'pattern':
      return isPattern(value);
    case 'status':
    case 'statuses':
      return each((id) => world.get(statuses, id)?.scope?.project.id === scope?.project.id && has(world, id));
    case 'field':
    case 'fields':
      return each((id) => fieldById(world, id) !== undefined);
    case 'permission':
    case 'permissions':
      return each((id) => permissionByKey(id) !== undefined);
    case 'accounts':
      return each((id) => id === 'allow-assignee' || id === 'allow-reporter' || account(id));
    case 'account':
      return account(value);
    case 'screen':
      return isScreen(world, value);
    default:
      return true;
  }
}

const has = (world: World, id: string): boolean => world.get(statuses, id) !== undefined;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
