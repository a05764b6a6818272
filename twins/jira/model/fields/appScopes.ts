/** In which projects choices of apps' fields are there, and where they may be chosen. */
import type { AppOption } from '../../world.ts';

/** Whether a choice is there in a project; anywhere at all where none is named. */
export function isVisible({ config }: AppOption, projectId?: string): boolean {
  const { scope } = config ?? {};
  if (!scope || scope.global || projectId === undefined) return true;
  const ids = [...(scope.projects ?? []), ...(scope.projects2 ?? []).map((one) => one.id)];
  return ids.length === 0 || ids.includes(Number(projectId));
}

/** Whether it may be chosen there. */
export function isSelectable(option: AppOption, projectId?: string): boolean {
  if (!isVisible(option, projectId)) return false;
  const { attributes = [], scope } = option.config ?? {};
  const own = scope?.projects2?.find((one) => one.id === Number(projectId))?.attributes;
  return ![...attributes, ...(own ?? scope?.global?.attributes ?? [])].includes('notSelectable');
}
