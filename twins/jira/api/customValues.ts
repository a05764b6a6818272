/** Values of custom fields as answers show them, and as `expand=renderedFields` has them. */
import { sortable } from '../../../src/table.ts';
import type { Field } from '../model/fields/fields.ts';
import { isParagraph } from '../model/fields/fieldTypes.ts';
import { pickedDate, pickedMoment } from '../model/issues/customLabels.ts';
import type { AdfDocument } from '../model/text/adf.ts';
import { htmlFromDocument } from '../model/text/html.ts';
import { showRichText } from '../model/text/richText.ts';
import {
  appOptions,
  fieldOptions,
  type Group,
  groups,
  type Issue,
  projects,
  type Ref,
  type UserRef,
  versions,
} from '../world.ts';
import type { Address } from './address.ts';
import { personView } from './peopleView.ts';
import { projectView, versionView } from './schemeViews.ts';

/** The value of a custom field; `null` for nothing. */
export const customValue = (at: Address, field: Field, issue: Issue): unknown =>
  shownValue(at, field, issue.fields[field.id as `customfield_${number}`] ?? null, issue.wiki?.[field.id]);

/** The same of a value alone; `wiki`: its text as v2 wrote it. */
export function shownValue(at: Address, field: Field, value: unknown, wiki?: string): unknown {
  const { type = 'any', items, custom } = field.schema ?? {};
  if (value === null) return items === 'sd-customerorganization' ? [] : null;
  if (isParagraph(custom)) return showRichText(value as AdfDocument, wiki, at.form);
  if (type !== 'array') return valueView(at, field.id, type, value);
  const shown = (value as unknown[]).flatMap((one) => valueView(at, field.id, items ?? '', one) ?? []);
  return shown.length > 0 ? shown : null;
}

function valueView(at: Address, fieldId: string, type: string, value: unknown): unknown {
  switch (type) {
    case 'user':
      return personView(at, value as UserRef);
    case 'group': {
      const group = at.world.get(groups, (value as { groupId: string }).groupId);
      return group ? groupView(at, group) : null;
    }
    case 'datetime':
      return at.date(value as string);
    case 'option':
      return optionView(at, value as Ref);
    case 'option2':
      return appOptionView(at, fieldId, value as Ref);
    case 'option-with-child': {
      const { id, child } = value as Ref & { child?: Ref };
      const top = optionView(at, { id });
      return top && child ? { ...top, child: optionView(at, child) } : top;
    }
    case 'project': {
      const project = at.world.get(projects, (value as Ref).id);
      return project ? projectView(at, project) : null;
    }
    case 'version': {
      const version = at.world.get(versions, (value as Ref).id);
      return version ? versionView(at, version) : null;
    }
    default:
      return value;
  }
}

/** A group inside an issue. */
const groupView = (at: Address, { groupId, name }: Group) => ({
  name,
  groupId,
  self: `${at.rest}/group?groupId=${groupId}`,
});

/** A choice of an app's field inside an issue; `null` for one that is gone. */
function appOptionView(at: Address, fieldId: string, ref: Ref): Record<string, unknown> | null {
  const option = at.world.get(appOptions, `${fieldId}/${sortable(Number(ref.id))}`);
  return option ? { id: ref.id, value: option.value } : null;
}

/** A choice inside an issue; `null` for one that is gone. */
export function optionView(at: Address, ref: Ref): Record<string, unknown> | null {
  const option = at.world.get(fieldOptions, ref.id);
  return option
    ? { self: `${at.rest}/customFieldOption/${option.id}`, value: option.value, id: option.id }
    : null;
}

/** The value as people read it; `null` where that is no other than the value itself. */
export function renderedValue(at: Address, field: Field, issue: Issue): unknown {
  const value = issue.fields[field.id as `customfield_${number}`] ?? null;
  if (value === null) return null;
  if (isParagraph(field.schema?.custom)) return htmlFromDocument(value as AdfDocument, at.site);
  if (field.schema?.type === 'date') return pickedDate(String(value));
  if (field.schema?.type === 'datetime') return pickedMoment(String(value), at.me?.timeZone ?? 'UTC');
  return null;
}
