/**
 * Screen schemes: which screen an issue is created, edited and viewed on.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-screen-schemes/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { issueTypeScreenSchemes, type ScreenScheme, screenSchemes, screens } from '../../world.ts';
import { type SchemeText, schemeText } from './schemeText.ts';

const WORDS = { taken: 'The name is used by another scheme.' };

/** What `POST /screenscheme` takes; ids come as numbers and as texts. */
export interface ScreenSchemeInput extends SchemeText {
  screens?: Readonly<Record<string, number | string>>;
}

const OPERATIONS = ['default', 'create', 'edit', 'view'] as const;

/** The screens that are named: 404 where one is not there. */
function screensOf(world: World, input: ScreenSchemeInput): Partial<ScreenScheme['screens']> {
  return Object.fromEntries(
    OPERATIONS.flatMap((operation) => {
      const id = input.screens?.[operation];
      if (id === undefined) return [];
      if (!/^\d{1,15}$/.test(String(id)) || !world.get(screens, sortable(Number(id))))
        throw missing('One or more screens assigned to screen types was not found.');
      return [[operation, Number(id)]];
    }),
  );
}

/** Makes a scheme; it must say which screen is the default. */
export function createScreenScheme(world: World, input: ScreenSchemeInput): ScreenScheme {
  const text = schemeText(world, screenSchemes, input, WORDS);
  const { default: standard, ...rest } = screensOf(world, input);
  if (standard === undefined) throw refused('badRequest', 'The default screen has to be provided.');
  const id = 9_999 + world.next('jira.screenScheme');
  return world.insert(screenSchemes, { id, ...text, screens: { default: standard, ...rest } });
}

/** Changes a scheme; screens that are not named stay as they are. */
export function updateScreenScheme(world: World, scheme: ScreenScheme, input: ScreenSchemeInput): void {
  const text = schemeText(world, screenSchemes, input, WORDS, scheme);
  world.update(screenSchemes, sortable(scheme.id), {
    ...text,
    screens: { ...scheme.screens, ...screensOf(world, input) },
  });
}

/** Deletes a scheme that no issue type screen scheme uses. */
export function deleteScreenScheme(world: World, { id }: ScreenScheme): void {
  if (world.list(issueTypeScreenSchemes, { index: 'screenScheme', equals: String(id) }).first())
    throw refused(
      'badRequest',
      'The screen scheme cannot be deleted as it is in use in an issue type screen scheme.',
    );
  world.remove(screenSchemes, sortable(id));
}

/** 404 `The screen scheme was not found.` */
export function requireScreenScheme(world: World, id: string): ScreenScheme {
  const scheme = /^\d{1,15}$/.test(id) ? world.get(screenSchemes, sortable(Number(id))) : undefined;
  if (!scheme) throw missing('The screen scheme was not found.');
  return scheme;
}
