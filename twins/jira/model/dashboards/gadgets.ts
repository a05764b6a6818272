/** Gadgets: what is on a dashboard, in rows of columns. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { DASHBOARD_COLUMNS_MAX, GADGET_TITLE_CHARS_MAX, GADGETS_PER_DASHBOARD_MAX } from '../../limits.ts';
import { type Gadget, type GadgetColor, gadgets } from '../../world.ts';
import { copyProperties, deleteProperties } from '../properties.ts';
import { GADGET_KINDS } from './gadgetKinds.ts';

const COLORS: readonly GadgetColor[] = ['blue', 'red', 'yellow', 'green', 'cyan', 'purple', 'gray', 'white'];

/** The gadgets of a dashboard, column by column from the top. */
export const gadgetsOf = (world: World, dashboardId: string): Gadget[] =>
  world
    .list(gadgets, { index: 'dashboard', equals: dashboardId })
    .toArray(GADGETS_PER_DASHBOARD_MAX)
    .sort((a, b) => a.position.column - b.position.column || a.position.row - b.position.row);

export interface GadgetInput {
  moduleKey?: unknown;
  uri?: unknown;
  color?: unknown;
  position?: unknown;
  title?: unknown;
  ignoreUriAndModuleKeyValidation?: unknown;
}

/** Puts a gadget on a dashboard, at the bottom of its first column unless said; those below make room. */
export function addGadget(world: World, dashboardId: string, input: GadgetInput): Gadget {
  const present = gadgetsOf(world, dashboardId);
  if (present.length >= GADGETS_PER_DASHBOARD_MAX)
    throw badQuery(`The dashboard already has the maximum number of ${GADGETS_PER_DASHBOARD_MAX} gadgets.`);
  const kind = kindOf(input);
  const gadget: Gadget = {
    id: 9_999 + world.next('jira.gadget'),
    dashboardId,
    ...kind.is,
    color: colorOf(input.color) ?? 'blue',
    position: { row: 0, column: 0 },
    title: titleOf(input.title) ?? kind.title,
  };
  const position = positionOf(input.position) ?? { column: 0, row: inColumn(present, 0).length };
  world.insert(gadgets, gadget);
  place(world, gadget, position);
  return world.get(gadgets, String(gadget.id)) as Gadget;
}

/** Changes a gadget's title, colour and place. */
export function updateGadget(world: World, dashboardId: string, id: string, input: GadgetInput): void {
  const gadget = requireGadget(world, dashboardId, id);
  const position = positionOf(input.position);
  const color = colorOf(input.color);
  const title = titleOf(input.title);
  const changed = world.update(gadgets, id, { ...(color ? { color } : {}), ...(title ? { title } : {}) });
  if (position) place(world, { ...changed, position: gadget.position }, position);
}

/** Takes a gadget away; those below it in its column move up. */
export function removeGadget(world: World, dashboardId: string, id: string): void {
  const gadget = requireGadget(world, dashboardId, id);
  world.remove(gadgets, id);
  deleteProperties(world, 'dashboardItem', itemId(gadget));
  settle(world, inColumn(gadgetsOf(world, dashboardId), gadget.position.column));
}

/** The gadgets of a dashboard that goes. */
export function removeGadgets(world: World, dashboardId: string): void {
  for (const gadget of gadgetsOf(world, dashboardId)) {
    world.remove(gadgets, String(gadget.id));
    deleteProperties(world, 'dashboardItem', itemId(gadget));
  }
}

/** The gadgets of one dashboard on another as well, with what apps keep on them. */
export function copyGadgets(world: World, from: string, to: string): void {
  for (const gadget of gadgetsOf(world, from)) {
    const copy = world.insert(gadgets, { ...gadget, id: 9_999 + world.next('jira.gadget'), dashboardId: to });
    copyProperties(world, 'dashboardItem', itemId(gadget), itemId(copy));
  }
}

/** 404 where the dashboard has no such gadget. */
export function requireGadget(world: World, dashboardId: string, id: string): Gadget {
  const found = world.get(gadgets, id);
  if (found?.dashboardId !== dashboardId)
    throw missing(`The gadget with id '${id}' was not found on the dashboard.`);
  return found;
}

/** By what the properties of a gadget are kept. */
export const itemId = (gadget: Gadget): string => `${gadget.dashboardId}:${gadget.id}`;

const inColumn = (all: readonly Gadget[], column: number): Gadget[] =>
  all.filter((one) => one.position.column === column);

/** Numbers the rows of a column anew. */
function settle(world: World, column: readonly Gadget[]): void {
  for (const [row, gadget] of column.entries())
    if (gadget.position.row !== row)
      world.update(gadgets, String(gadget.id), { position: { ...gadget.position, row } });
}

function place(world: World, gadget: Gadget, { row, column }: Gadget['position']): void {
  const others = gadgetsOf(world, gadget.dashboardId).filter((one) => one.id !== gadget.id);
  const target = inColumn(others, column);
  const moved = world.update(gadgets, String(gadget.id), { position: { row: -1, column } });
  settle(world, [...target.slice(0, row), moved, ...target.slice(row)]);
  if (gadget.position.column !== column) settle(world, inColumn(others, gadget.position.column));
}

/** What a gadget is, by its module key or its URI; 400 where the site has none such. */
function kindOf(input: GadgetInput): { is: { moduleKey: string } | { uri: string }; title: string } {
  const { moduleKey, uri } = input;
  const named = typeof moduleKey === 'string' && moduleKey !== '' ? { moduleKey } : undefined;
  const addressed = typeof uri === 'string' && uri !== '' ? { uri } : undefined;
  if (named && addressed) throw badQuery('Only one of moduleKey and uri can be specified.');
  const is = named ?? addressed;
  if (!is) throw badQuery('Either moduleKey or uri must be specified.');
  const known = GADGET_KINDS.find((one) =>
    named ? one.moduleKey === named.moduleKey : one.uri === addressed?.uri,
  );
  if (!known && input.ignoreUriAndModuleKeyValidation !== true)
    throw badQuery(
      `The gadget with ${named ? 'module key' : 'URI'} '${String(moduleKey ?? uri)}' is invalid.`,
    );
  return { is, title: known?.title ?? String(moduleKey ?? uri) };
}

function colorOf(value: unknown): GadgetColor | undefined {
  if (value === undefined || value === null) return undefined;
  const found = COLORS.find((one) => one === value);
  if (!found)
    throw badQuery(`The color '${String(value)}' is invalid. Valid colors are: ${COLORS.join(', ')}.`);
  return found;
}

function titleOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value.trim() === '' || value.length > GADGET_TITLE_CHARS_MAX)
    throw badQuery(`The title must be a text of 1 to ${GADGET_TITLE_CHARS_MAX} characters.`);
  return value;
}

function positionOf(value: unknown): Gadget['position'] | undefined {
  if (value === undefined || value === null) return undefined;
  const { row, column } = value as Record<string, unknown>;
  if (!isSmall(row, GADGETS_PER_DASHBOARD_MAX) || !isSmall(column, DASHBOARD_COLUMNS_MAX - 1))
    throw badQuery('The position of the gadget is invalid.');
  return { row, column };
}

const isSmall = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
