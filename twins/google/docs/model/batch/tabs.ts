/** Tabs. https://developers.google.com/workspace/docs/api/how-tos/tabs */
import type { Fields } from '../../world/content.ts';
import type { Tab } from '../../world.ts';
import { newTab } from '../newTab.ts';
import { changeOf } from '../style/fields.ts';
import { type Job, newId, putTab, refuse, tabOf } from './job.ts';

/** https://support.google.com/docs/answer/14842956: 100 tabs, three levels of them. */
const TABS_MAX = 100;
const LEVELS_MAX = 3;

interface TabProperties {
  tabId?: string;
  title?: string;
  parentTabId?: string;
  index?: number;
  nestingLevel?: number;
  iconEmoji?: string;
}

/** `addDocumentTab`: at its index among the tabs of its parent, or behind them. */
export function addDocumentTab(job: Job, { tabProperties = {} }: { tabProperties?: TabProperties }): object {
  const { title, parentTabId, index, iconEmoji } = tabProperties;
  if (tabProperties.tabId)
    throw refuse(job, 'Tab ID should not be specified in the properties when adding a tab.');
  if (job.row.tabs.length >= TABS_MAX)
    throw refuse(job, `A document cannot have more than ${TABS_MAX} tabs.`);
  const parent = parentTabId ? tabOf(job, parentTabId) : undefined;
  const nestingLevel = parent ? levelOf(job, parent) + 1 : 0;
  if (nestingLevel >= LEVELS_MAX)
    throw refuse(job, `Tabs cannot be nested more than ${LEVELS_MAX} levels deep.`);
  const siblings = job.row.tabs.filter((tab) => tab.parentTabId === parent?.tabId);
  const at = index ?? siblings.length;
  if (at < 0 || at > siblings.length) throw refuse(job, `The tab index ${at} is out of bounds.`);
  const tab: Tab = {
    ...newTab(newId(job, 't'), titleFor(job, title || nextTitle(job))),
    ...(parent ? { parentTabId: parent.tabId } : {}),
    ...(iconEmoji ? { iconEmoji: emojiOf(job, iconEmoji) } : {}),
  };
  job.row = {
    ...job.row,
    tabs: inOrder([...siblings.slice(0, at), tab, ...siblings.slice(at)], job.row.tabs, tab),
  };
  return {
    tabProperties: {
      tabId: tab.tabId,
      title: tab.title,
      ...(parent ? { parentTabId: parent.tabId } : {}),
      index: at,
      ...(nestingLevel > 0 ? { nestingLevel } : {}),
      ...(tab.iconEmoji ? { iconEmoji: tab.iconEmoji } : {}),
    },
  };
}

/** `deleteTab`: with all tabs below it; one is always left. */
export function deleteTab(job: Job, { tabId }: { tabId?: string }): void {
  if (!tabId) throw refuse(job, 'The tab ID must be specified.');
  const gone = new Set([tabOf(job, tabId).tabId]);
  for (const tab of job.row.tabs) if (tab.parentTabId && gone.has(tab.parentTabId)) gone.add(tab.tabId);
  const tabs = job.row.tabs.filter((tab) => !gone.has(tab.tabId));
  if (tabs.length === 0) throw refuse(job, 'Cannot delete the last tab of a document.');
  job.row = { ...job.row, tabs };
}

/** `updateDocumentTabProperties`: title, emoji and place among its siblings. */
export function updateDocumentTabProperties(
  job: Job,
  input: { tabProperties?: TabProperties; fields?: string },
): void {
  const { tabProperties = {} } = input;
  if (!tabProperties.tabId) throw refuse(job, 'The tab ID must be specified.');
  const tab = tabOf(job, tabProperties.tabId);
  const all = ['tabId', 'title', 'parentTabId', 'index', 'nestingLevel', 'iconEmoji'];
  const { named } = changeOf(job, { values: tabProperties as Fields, mask: input.fields }, all, [
    'tabId',
    'parentTabId',
    'nestingLevel',
  ]);
  const given = input.fields?.trim() === '*' ? named.filter((name) => name in tabProperties) : named;
  let next = tab;
  if (given.includes('title')) next = { ...next, title: titleFor(job, tabProperties.title ?? '', tab) };
  if (given.includes('iconEmoji')) {
    const { iconEmoji: _icon, ...plain } = next;
    next = tabProperties.iconEmoji ? { ...plain, iconEmoji: emojiOf(job, tabProperties.iconEmoji) } : plain;
  }
  putTab(job, next);
  if (!given.includes('index')) return;
  const others = job.row.tabs.filter((one) => one.parentTabId === tab.parentTabId && one.tabId !== tab.tabId);
  const at = tabProperties.index ?? 0;
  if (at < 0 || at > others.length) throw refuse(job, `The tab index ${at} is out of bounds.`);
  job.row = {
    ...job.row,
    tabs: inOrder([...others.slice(0, at), next, ...others.slice(at)], job.row.tabs, next),
  };
}

/** All tabs, those of one parent in a new order; what is below a tab follows it. */
function inOrder(siblings: readonly Tab[], tabs: readonly Tab[], moved: Tab): Tab[] {
  const others = tabs.filter((tab) => tab.tabId !== moved.tabId && tab.parentTabId !== moved.parentTabId);
  const all = [...others, ...siblings];
  const below = (parent: string | undefined): Tab[] =>
    all.filter((tab) => tab.parentTabId === parent).flatMap((tab) => [tab, ...below(tab.tabId)]);
  return below(undefined);
}

function levelOf(job: Job, tab: Tab): number {
  return tab.parentTabId ? levelOf(job, tabOf(job, tab.parentTabId)) + 1 : 0;
}

function nextTitle(job: Job): string {
  const titles = new Set(job.row.tabs.map((tab) => tab.title));
  let nth = job.row.tabs.length + 1;
  while (titles.has(`Tab ${nth}`)) nth += 1;
  return `Tab ${nth}`;
}

/** A title that no other tab has. Throws 400. */
function titleFor(job: Job, title: string, own?: Tab): string {
  if (title === '') throw refuse(job, 'Tab title must not be empty.');
  if (job.row.tabs.some((tab) => tab.title === title && tab.tabId !== own?.tabId))
    throw refuse(job, 'Tab title must be unique');
  return title;
}

/** Throws 400 for what is not one emoji. */
function emojiOf(job: Job, text: string): string {
  const clusters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  if (clusters.length !== 1 || !/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text))
    throw refuse(job, `The emoji icon ${text} is invalid.`);
  return text;
}
