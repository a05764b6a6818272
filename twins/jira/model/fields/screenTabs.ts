/**
 * Tabs of screens and the fields on them. A field stands on a screen once.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-screen-tabs/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { SCHEME_NAME_CHARS_MAX, TABS_PER_SCREEN_MAX } from '../../limits.ts';
import { type Screen, type ScreenTab, screenTabs } from '../../world.ts';
import { type Field, fieldById, fieldsOf } from './fields.ts';

/** A screen's tabs, in their order. */
export const tabsOf = (world: World, screenId: number): ScreenTab[] =>
  world
    .list(screenTabs, { index: 'screen', equals: sortable(screenId) })
    .toArray()
    .sort((a, b) => a.position - b.position);

/** Field ids of a screen: those of its tabs, one after another. */
export const fieldIdsOf = (world: World, screenId: number): string[] =>
  tabsOf(world, screenId).flatMap((tab) => tab.fields);

/** A tab of a screen; 404 where the screen has none such. */
export function requireTab(world: World, screen: Screen, id: string): ScreenTab {
  const tab = /^\d{1,15}$/.test(id) ? world.get(screenTabs, sortable(Number(id))) : undefined;
  if (tab?.screenId !== screen.id) throw missing(`The screen tab with id '${id}' was not found.`);
  return tab;
}

/** The first tab's number that is not the site's own. */
const FIRST_OWN = 10_000;

/** Adds a tab at the end. */
export function addTab(world: World, screen: Screen, name: string): ScreenTab {
  const all = tabsOf(world, screen.id);
  if (all.length >= TABS_PER_SCREEN_MAX)
    throw refused('badRequest', `A screen can have at most ${TABS_PER_SCREEN_MAX} tabs.`);
  return world.insert(screenTabs, {
    id: FIRST_OWN - 1 + world.next('jira.screenTab'),
    screenId: screen.id,
    name: tabName(all, name),
    position: all.length,
    fields: [],
  });
}

/** Renames a tab. */
export function renameTab(world: World, tab: ScreenTab, name: string): ScreenTab {
  const others = tabsOf(world, tab.screenId).filter((one) => one.id !== tab.id);
  return world.update(screenTabs, sortable(tab.id), { name: tabName(others, name) });
}

function tabName(others: readonly ScreenTab[], name: string): string {
  if (name.trim() === '') throw refused('badRequest', 'The tab name cannot be empty.');
  if (name.length > SCHEME_NAME_CHARS_MAX)
    throw refused('badRequest', `The tab name cannot be longer than ${SCHEME_NAME_CHARS_MAX} characters.`);
  if (others.some((one) => one.name.toLowerCase() === name.trim().toLowerCase()))
    throw refused('badRequest', `A tab with the name '${name.trim()}' already exists.`);
  return name.trim();
}

/** Takes a tab away with its fields; the last one stays. */
export function deleteTab(world: World, tab: ScreenTab): void {
  const rest = tabsOf(world, tab.screenId).filter((one) => one.id !== tab.id);
  if (rest.length === 0) throw refused('badRequest', 'The last tab of a screen cannot be deleted.');
  world.remove(screenTabs, sortable(tab.id));
  inOrder(world, rest);
}

/** Puts a tab into another place, counted from 0; 404 for a place that is not there. */
export function moveTab(world: World, tab: ScreenTab, position: number): void {
  const all = tabsOf(world, tab.screenId);
  if (!(position >= 0 && position < all.length)) throw missing(`The position '${position}' is invalid.`);
  const rest = all.filter((one) => one.id !== tab.id);
  inOrder(world, [...rest.slice(0, position), tab, ...rest.slice(position)]);
}

function inOrder(world: World, tabs: readonly ScreenTab[]): void {
  tabs.forEach((tab, position) => {
    if (tab.position !== position) world.update(screenTabs, sortable(tab.id), { position });
  });
}

/** The fields that may still be put on a screen. */
export function availableFields(world: World, screen: Screen): Field[] {
  const there = new Set(fieldIdsOf(world, screen.id));
  return fieldsOf(world).filter((field) => field.orderable && !NEVER.has(field.id) && !there.has(field.id));
}

/** Fields that an issue always has: they stand on no screen. */
const NEVER = new Set(['project', 'parent', 'issuerestriction']);

/** Puts a field at the end of a tab; 404 for an unknown field, 400 where the screen has it already. */
export function addField(world: World, tab: ScreenTab, fieldId: string): Field {
  const field = fieldById(world, fieldId);
  if (!field?.orderable || NEVER.has(fieldId)) throw missing(`The field with id '${fieldId}' was not found.`);
  if (fieldIdsOf(world, tab.screenId).includes(fieldId))
    throw refused('badRequest', `The field with id '${fieldId}' is already on the screen.`);
  world.update(screenTabs, sortable(tab.id), { fields: [...tab.fields, fieldId] });
  return field;
}

/** Takes a field from a tab. */
export function removeField(world: World, tab: ScreenTab, fieldId: string): void {
  requireOn(tab, fieldId);
  world.update(screenTabs, sortable(tab.id), { fields: tab.fields.filter((id) => id !== fieldId) });
}

export interface FieldMove {
  after?: string;
  position?: 'Earlier' | 'Later' | 'First' | 'Last';
}

/** Puts a field of a tab into another place; where both are given, `after` counts. */
export function moveField(
  world: World,
  tab: ScreenTab,
  fieldId: string,
  { after, position }: FieldMove,
): void {
  const from = requireOn(tab, fieldId);
  if (after === undefined && position === undefined)
    throw refused('badRequest', "'after' or 'position' must be provided.");
  const rest = tab.fields.filter((id) => id !== fieldId);
  const at = after === undefined ? placeOf(from, rest.length, position) : placeAfter(rest, after);
  world.update(screenTabs, sortable(tab.id), { fields: [...rest.slice(0, at), fieldId, ...rest.slice(at)] });
}

function placeOf(from: number, last: number, position: FieldMove['position']): number {
  if (position === 'First') return 0;
  if (position === 'Last') return last;
  const to = position === 'Earlier' ? from - 1 : from + 1;
  if (to < 0 || to > last) throw missing("The field can't be moved to the requested position.");
  return to;
}

/** `after` is a field's id, or its address as the field is linked. */
function placeAfter(rest: readonly string[], after: string): number {
  const at = rest.indexOf(after.slice(after.lastIndexOf('/') + 1));
  if (at < 0) throw missing(`The field '${after}' was not found.`);
  return at + 1;
}

function requireOn(tab: ScreenTab, fieldId: string): number {
  const at = tab.fields.indexOf(fieldId);
  if (at < 0) throw missing(`The field with id '${fieldId}' was not found on the tab.`);
  return at;
}

/** Takes a field that is deleted from every screen. */
export function takeFieldFromScreens(world: World, fieldId: string): void {
  for (const tab of world.list(screenTabs, { index: 'field', equals: fieldId }).toArray())
    world.update(screenTabs, sortable(tab.id), { fields: tab.fields.filter((id) => id !== fieldId) });
}
