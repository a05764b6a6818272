/** Values against values, as conditions and validators compare them. */
import type { World } from '../../../../../src/world/world.ts';
import type { Issue } from '../../../world.ts';
import { DAY_MS, momentOf } from '../../time.ts';
import { millisecondsOf, storedValue, textsOf } from './values.ts';

/** Whether `a` stands to `b` as the comparator says; one that is not there stands to nothing. */
export function stands(a: number | undefined, comparator: string, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  switch (comparator) {
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '!=':
      return a !== b;
    default:
      return a === b;
  }
}

/** A moment without its time of day. */
export const dayOf = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.floor(ms / DAY_MS);

/** Whether a field of an issue has a value, or stands to it as the parameters say. */
export function compared(
  { world, issue }: { world: World; issue: Issue },
  { fieldId = '', fieldValue = '', comparator = '=', comparisonType }: Readonly<Record<string, string>>,
): boolean {
  const subject = { issue, fields: issue.fields };
  const wanted = listed(fieldValue);
  if (comparisonType === 'NUMBER') {
    const value = storedValue(subject, fieldId);
    return stands(typeof value === 'number' ? value : undefined, comparator, Number(wanted[0]));
  }
  if (comparisonType === 'DATE' || comparisonType === 'DATE_WITHOUT_TIME') {
    const whole = comparisonType === 'DATE';
    const [own, other] = [millisecondsOf(subject, fieldId), momentOf(wanted[0] ?? '')];
    return stands(whole ? own : dayOf(own), comparator, whole ? other : dayOf(other));
  }
  const texts = textsOf(world, subject, fieldId).map((text) => text.toLowerCase());
  const has = wanted.some((text) => texts.includes(text.toLowerCase()));
  return comparator === '!=' ? !has : has;
}

/** `["Done","Closed"]`, or one value as it stands. */
function listed(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).map(String);
  } catch {
    return [text];
  }
}
