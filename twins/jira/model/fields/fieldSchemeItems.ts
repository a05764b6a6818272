/**
 * Many fields put into schemes, taken out, and described at once. Each is done by itself: what cannot be done is told
 * beside what was.
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type FieldAssociation,
  type FieldParameters,
  type FieldScheme,
  fieldSchemes,
  issueTypes,
  projects,
} from '../../world.ts';
import { isAssociated } from './fieldSchemes.ts';
import { fieldById } from './fields.ts';
import { setProjectSchemes } from './projectSchemes.ts';

/** How one part of a request went. */
export type Outcome = Readonly<Record<string, unknown>> & { success: boolean };

const outcome = (subject: object, error: string | undefined): Outcome => ({
  ...subject,
  success: error === undefined,
  ...(error === undefined ? {} : { error }),
});

/** Fields that every issue needs stay in every scheme. */
export const KEPT: ReadonlySet<string> = new Set(['summary', 'issuetype']);

const schemeById = (world: World, id: number): FieldScheme | undefined =>
  Number.isInteger(id) && id >= 0 ? world.get(fieldSchemes, sortable(id)) : undefined;

function change(world: World, scheme: FieldScheme, fieldId: string, association: FieldAssociation): void {
  world.update(fieldSchemes, sortable(scheme.id), { fields: { ...scheme.fields, [fieldId]: association } });
}

/** What is wrong with a scheme or a field that is named; undefined where both are there. */
function lacking(world: World, schemeId: number, fieldId: string): string | undefined {
  if (!fieldById(world, fieldId)?.orderable) return `Field ${fieldId} doesn't exist`;
  return schemeById(world, schemeId) ? undefined : `Scheme ${schemeId} doesn't exist`;
}

const unknownType = (world: World, ids: readonly number[]): string | undefined => {
  const gone = ids.find((id) => !world.get(issueTypes, String(id)));
  return gone === undefined ? undefined : `Work type ${gone} doesn't exist`;
};

export interface AssociationInput {
  schemeIds?: readonly number[];
  restrictedToWorkTypes?: readonly number[];
}

/** Puts fields into schemes, for all kinds of issue or for some. */
export const associate = (
  world: World,
  input: Readonly<Record<string, readonly AssociationInput[]>>,
): Outcome[] =>
  Object.entries(input).flatMap(([fieldId, parts]) =>
    parts.flatMap(({ schemeIds = [], restrictedToWorkTypes: workTypeIds = [] }) =>
      schemeIds.map((schemeId) => {
        const error = lacking(world, schemeId, fieldId) ?? unknownType(world, workTypeIds);
        const scheme = schemeById(world, schemeId);
        if (!error && scheme) {
          const { removed: _, restrictedToWorkTypes: __, ...kept } = scheme.fields[fieldId] ?? {};
          const restricted = workTypeIds.length > 0 ? { restrictedToWorkTypes: workTypeIds.map(String) } : {};
          change(world, scheme, fieldId, { ...kept, ...restricted });
        }
        return outcome({ fieldId, schemeId, workTypeIds }, error);
      }),
    ),
  );

/** Takes fields out of schemes. */
export const dissociate = (
  world: World,
  input: Readonly<Record<string, { schemeIds?: readonly number[] }>>,
): Outcome[] =>
  Object.entries(input).flatMap(([fieldId, { schemeIds = [] }]) =>
    schemeIds.map((schemeId) => {
      const scheme = schemeById(world, schemeId);
      const error =
        lacking(world, schemeId, fieldId) ??
        (KEPT.has(fieldId) ? `Field ${fieldId} can't be removed` : undefined) ??
        (scheme && !isAssociated(scheme, fieldId)
          ? `Field ${fieldId} is not associated with scheme ${schemeId}`
          : undefined);
      if (!error && scheme) change(world, scheme, fieldId, { removed: true });
      return outcome({ fieldId, schemeId }, error);
    }),
  );

export interface ParametersInput {
  schemeIds?: readonly number[];
  parameters?: FieldParameters;
  workTypeParameters?: readonly (FieldParameters & { workTypeId?: number })[];
}

/** Says of fields in schemes what they are for and whether they may be left empty; for some kinds otherwise. */
export const setParameters = (
  world: World,
  input: Readonly<Record<string, readonly ParametersInput[]>>,
): Outcome[] =>
  Object.entries(input).flatMap(([fieldId, parts]) =>
    parts.flatMap((part) =>
      (part.schemeIds ?? []).map((schemeId) => {
        const { parameters, workTypeParameters = [] } = part;
        const scheme = schemeById(world, schemeId);
        const error =
          lacking(world, schemeId, fieldId) ??
          unknownType(
            world,
            workTypeParameters.map((one) => one.workTypeId ?? -1),
          ) ??
          (scheme && !isAssociated(scheme, fieldId)
            ? `Field ${fieldId} is not associated with scheme ${schemeId}`
            : undefined);
        if (!error && scheme) {
          const before = scheme.fields[fieldId] ?? {};
          const byType = workTypeParameters.map(({ workTypeId, ...own }) => {
            const id = String(workTypeId);
            return [id, { ...before.workTypeParameters?.[id], ...own }] as const;
          });
          change(world, scheme, fieldId, {
            ...before,
            parameters: { ...before.parameters, ...parameters },
            workTypeParameters: { ...before.workTypeParameters, ...Object.fromEntries(byType) },
          });
        }
        return outcome({ fieldId, schemeId }, error);
      }),
    ),
  );

export interface ParametersRemoval {
  schemeId?: number;
  workTypeIds?: readonly number[];
  parameters?: readonly string[];
}

/** Takes away what was said of fields for some kinds of issue. */
export const removeParameters = (
  world: World,
  input: Readonly<Record<string, readonly ParametersRemoval[]>>,
): Outcome[] =>
  Object.entries(input).flatMap(([fieldId, parts]) =>
    parts.map(({ schemeId = -1, workTypeIds = [], parameters = [] }) => {
      const scheme = schemeById(world, schemeId);
      const subject = { fieldId, schemeId, workTypeIds };
      if (!scheme || !isAssociated(scheme, fieldId) || !fieldById(world, fieldId)) {
        const message = `The field '${fieldId}' is not associated with the scheme '${schemeId}'.`;
        return { ...subject, success: false, error: { code: 'FIELD_IS_NOT_ASSOCIATED', message } };
      }
      const before = scheme.fields[fieldId] ?? {};
      const byType = Object.entries(before.workTypeParameters ?? {}).map(([id, said]) => {
        const kept = Object.entries(said).filter(([key]) => !parameters.includes(key));
        return [id, workTypeIds.includes(Number(id)) ? Object.fromEntries(kept) : said] as const;
      });
      const some = byType.filter(([, said]) => Object.keys(said).length > 0);
      change(world, scheme, fieldId, { ...before, workTypeParameters: Object.fromEntries(some) });
      return { ...subject, success: true };
    }),
  );

/** Gives company-managed projects their schemes. */
export const assignSchemes = (
  world: World,
  input: Readonly<Record<string, { projectIds?: readonly number[] }>>,
): Outcome[] =>
  Object.entries(input).flatMap(([id, { projectIds = [] }]) =>
    projectIds.map((projectId) => {
      const schemeId = Number(id);
      const project = world.get(projects, String(projectId));
      const error = !schemeById(world, schemeId)
        ? `Field scheme #${id} doesn't exist`
        : project?.style !== 'classic'
          ? `Project #${projectId} doesn't exist`
          : undefined;
      if (!error) setProjectSchemes(world, String(projectId), { fieldSchemeId: id });
      return outcome({ projectId, schemeId }, error);
    }),
  );
