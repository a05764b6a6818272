/** What a transition asks of an issue before it is done: its validators, asked of the values it is about to have. */
import type { World } from '../../../../../src/world/world.ts';
import { statuses, type User, type WorkflowRule } from '../../../world.ts';
import { differences } from '../../issues/history.ts';
import { inGroup } from '../../permissions/holders.ts';
import { may } from '../../permissions/may.ts';
import { permissionByKey } from '../../permissions/permissions.ts';
import { projectOf } from '../../projects/projects.ts';
import { MINUTE_MS } from '../../time.ts';
import { idsIn } from './catalogue.ts';
import { dayOf, stands } from './comparison.ts';
import { parentOf } from './conditions.ts';
import { movesOf } from './moves.ts';
import { millisecondsOf, nameOf, type Subject, storedValue, textsOf } from './values.ts';

/** What a validator is asked about. */
export interface Validating extends Subject {
  world: World;
  user: User;
  /** Fields that the transition's screen shows. */
  screen: ReadonlySet<string>;
}

/** What is wrong, and with which field where it is one on the screen. */
export interface Objection {
  message: string;
  field?: string;
}

type Validator = (
  asked: Validating,
  parameters: Readonly<Record<string, string>>,
) => Objection | string | undefined;

/** What validators object to; nothing where all let the issue pass. Those of apps let everything pass. */
export const objections = (asked: Validating, rules: readonly WorkflowRule[]): Objection[] =>
  rules.flatMap(({ ruleKey, parameters }) => {
    const found = VALIDATORS[ruleKey]?.(asked, parameters);
    return found === undefined ? [] : [typeof found === 'string' ? { message: found } : found];
  });

const VALIDATORS: Readonly<Record<string, Validator>> = {
  'system:check-permission-validator'({ world, user, issue }, { permissionKey = '' }) {
    if (may(world, user, permissionKey, projectOf(world, issue.fields.project), issue)) return undefined;
    const name = permissionByKey(permissionKey)?.name ?? permissionKey;
    return `User '${user.displayName}' doesn't have the '${name}' permission`;
  },
  'system:parent-or-child-blocking-validator'({ world, issue }, { statusIds }) {
    const parent = parentOf(world, issue);
    const ids = idsIn(statusIds);
    if (!parent || ids.includes(parent.fields.status.id)) return undefined;
    return `The parent issue must be in one of the following statuses: ${names(world, ids)}.`;
  },
  'system:previous-status-validator'({ world, issue }, { previousStatusIds, mostRecentStatusOnly }) {
    const ids = idsIn(previousStatusIds);
    const before = movesOf(world, issue).map(({ from }) => from);
    const counted = mostRecentStatusOnly === 'true' ? before.slice(-1) : before;
    if (counted.some((id) => ids.includes(id))) return undefined;
    return `Issue must have been in status ${names(world, ids)} before.`;
  },
  'system:validate-field-value': (asked, parameters) =>
    FIELD_VALIDATORS[parameters.ruleType ?? '']?.(asked, parameters),
};

const names = (world: World, ids: readonly string[]): string =>
  ids.map((id) => world.get(statuses, id)?.name ?? id).join(', ');

const FIELD_VALIDATORS: Readonly<Record<string, Validator>> = {
  fieldRequired(asked, { fieldsRequired, errorMessage }) {
    const lacking = idsIn(fieldsRequired).find(
      (id) => textsOf(asked.world, asked, id).join('').trim() === '',
    );
    if (lacking === undefined) return undefined;
    return about(asked, lacking, errorMessage || `${nameOf(asked.world, lacking)} is required.`);
  },
  fieldChanged(asked, { fieldKey = '', groupsExemptFromValidation, errorMessage }) {
    const { world, user, issue, fields } = asked;
    if (idsIn(groupsExemptFromValidation).some((id) => inGroup(world, id, user.accountId))) return undefined;
    if (differences(world, issue.fields, fields).some((item) => item.fieldId === fieldKey)) return undefined;
    return about(asked, fieldKey, errorMessage || `Field ${nameOf(world, fieldKey)} must be changed.`);
  },
  fieldHasSingleValue(asked, { fieldKey = '' }) {
    const value = storedValue(asked, fieldKey);
    if (!Array.isArray(value) || value.length <= 1) return undefined;
    return about(asked, fieldKey, `Field ${nameOf(asked.world, fieldKey)} must have only one value.`);
  },
  fieldMatchesRegularExpression(asked, { fieldKey = '', regexp = '' }) {
    const pattern = new RegExp(regexp);
    if (textsOf(asked.world, asked, fieldKey).some((text) => pattern.test(text))) return undefined;
    const name = nameOf(asked.world, fieldKey);
    return about(asked, fieldKey, `The value of field ${name} does not match the pattern '${regexp}'.`);
  },
  dateFieldComparison(
    asked,
    { date1FieldKey = '', date2FieldKey = '', includeTime, conditionSelected = '=' },
  ) {
    const { world } = asked;
    const part = (field: string) => {
      const ms = momentAt(asked, field);
      return includeTime === 'true' ? ms && Math.floor(ms / MINUTE_MS) : dayOf(ms);
    };
    const [first, second] = [part(date1FieldKey), part(date2FieldKey)];
    if (first === undefined || second === undefined || stands(first, conditionSelected, second))
      return undefined;
    const [one, other] = [nameOf(world, date1FieldKey), nameOf(world, date2FieldKey)];
    return `${one} is not ${WORDS[conditionSelected] ?? 'equal to'} ${other}.`;
  },
  windowDateComparison(asked, { date1FieldKey = '', date2FieldKey = '', numberOfDays = '0' }) {
    const [first, second] = [dayOf(momentAt(asked, date1FieldKey)), dayOf(momentAt(asked, date2FieldKey))];
    if (first === undefined || second === undefined) return undefined;
    if (first >= second && first <= second + Number(numberOfDays)) return undefined;
    const [one, other] = [nameOf(asked.world, date1FieldKey), nameOf(asked.world, date2FieldKey)];
    return `${one} is not within ${numberOfDays} days of ${other}.`;
  },
};

const momentAt = (asked: Validating, field: string): number | undefined =>
  field === 'now' ? asked.world.now() : millisecondsOf(asked, field);

const WORDS: Readonly<Record<string, string>> = {
  '>': 'greater than',
  '>=': 'greater than or equal to',
  '=': 'equal to',
  '<=': 'less than or equal to',
  '<': 'less than',
  '!=': 'not equal to',
};

/** An objection under its field where the screen shows it, else among the others. */
const about = ({ screen }: Validating, field: string, message: string): Objection =>
  screen.has(field) ? { message, field } : { message };
