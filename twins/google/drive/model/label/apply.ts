/** Labels put on files, changed and taken off. https://developers.google.com/workspace/drive/api/guides/set-label */
import type { Range } from '../../../../../src/range.ts';
import type { World } from '../../../../../src/world/world.ts';
import { badRequest, googleError } from '../../../errors.ts';
import { LABEL_VALUES_MAX } from '../../../limits.ts';
import {
  type FileLabel,
  fileLabels,
  type LabelDefinition,
  type LabelFieldDefinition,
  labelDefinitions,
} from '../../world/label.ts';
import { type FileRow, files, MIME } from '../../world.ts';
import { fileFor, type Viewer, visibleFile } from '../access.ts';
import { logChange } from '../change.ts';

export interface FieldModification {
  fieldId?: string;
  setTextValues?: string[];
  setIntegerValues?: string[];
  setDateValues?: string[];
  setSelectionValues?: string[];
  setUserValues?: string[];
  unsetValues?: boolean;
}

export interface LabelModification {
  labelId?: string;
  removeLabel?: boolean;
  fieldModifications?: FieldModification[];
}

/** The labels of a file. Throws `notFound`. */
export const labelsOf = (world: World, viewer: Viewer, fileId: string): Range<FileLabel> =>
  world.list(fileLabels, { prefix: `${visibleFile(world, viewer, fileId).id}/` });

/** Those of a file's labels that are named. */
export const labelsNamed = (world: World, file: FileRow, ids: readonly string[]): FileLabel[] =>
  ids.map((id) => world.get(fileLabels, `${file.id}/${id}`)).filter((one) => one !== undefined);

/**
 * Does all modifications or none, and gives the labels that were put on or changed. Throws `notFound` for a label that
 * is not published, `labelMutationUnknownField`, `labelMutationIllegalSelection`,
 * `labelMultipleValuesForSingularField`, `invalid`, `insufficientFilePermissions`.
 */
export function modifyLabels(
  world: World,
  viewer: Viewer,
  fileId: string,
  modifications: readonly LabelModification[],
): FileLabel[] {
  const file = fileFor(world, viewer, fileId, 'writer');
  if (file.mimeType === MIME.folder || file.mimeType === MIME.shortcut)
    throw googleError('applyLabelForbidden');
  const changed = modifications.flatMap((one) => modified(world, file, one) ?? []);
  logChange(world, world.update(files, file.id, { version: file.version + 1 }), false, file);
  return changed;
}

/** With the file. */
export function dropLabels(world: World, fileId: string): void {
  for (const one of world.list(fileLabels, { prefix: `${fileId}/` }).toArray())
    world.remove(fileLabels, fileLabels.key(one));
}

function modified(world: World, file: FileRow, change: LabelModification): FileLabel | undefined {
  const { labelId, removeLabel, fieldModifications = [] } = change;
  if (!labelId) throw badRequest('Required', 'labelModifications[].labelId');
  const definition = world.require(labelDefinitions, labelId, () =>
    googleError('notFound', { message: `Label not found: ${labelId}.` }),
  );
  const key = `${file.id}/${labelId}`;
  if (removeLabel) {
    world.remove(fileLabels, key);
    return undefined;
  }
  const values = { ...world.get(fileLabels, key)?.values };
  for (const one of fieldModifications) {
    const field = fieldOf(definition, one.fieldId);
    const next = one.unsetValues ? [] : valuesOf(field, one);
    if (next.length === 0) delete values[field.id];
    else values[field.id] = next;
  }
  return world.put(fileLabels, { fileId: file.id, labelId, revisionId: definition.revisionId, values });
}

function fieldOf(definition: LabelDefinition, id: string | undefined): LabelFieldDefinition {
  const found = definition.fields.find((field) => field.id === id);
  if (found) return found;
  throw googleError('labelMutationUnknownField', {
    message: `Unknown field: ${id} of label ${definition.id}.`,
  });
}

/** Under which name values of a type are set. */
const SETTERS = {
  text: 'setTextValues',
  integer: 'setIntegerValues',
  dateString: 'setDateValues',
  selection: 'setSelectionValues',
  user: 'setUserValues',
} as const;

function valuesOf(field: LabelFieldDefinition, change: FieldModification): string[] {
  for (const [type, setter] of Object.entries(SETTERS))
    if (change[setter] && type !== field.type)
      throw badRequest(`Field ${field.id} does not take values of this type.`, setter);
  const values = change[SETTERS[field.type]] ?? [];
  if (values.length > (field.many ? LABEL_VALUES_MAX : 1))
    throw googleError('labelMultipleValuesForSingularField');
  for (const value of values) checkValue(field, value);
  return values;
}

function checkValue(field: LabelFieldDefinition, value: string): void {
  if (field.type === 'selection') {
    if (!field.choices?.some(({ id }) => id === value)) throw googleError('labelMutationIllegalSelection');
    return;
  }
  const form = FORMS[field.type];
  if (!form.test(value)) throw badRequest('Invalid Value', SETTERS[field.type]);
}

const FORMS = {
  text: /^[\s\S]+$/,
  integer: /^-?\d{1,18}$/,
  dateString: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  user: /^[^@\s]+@[^@\s]+$/,
} as const;
