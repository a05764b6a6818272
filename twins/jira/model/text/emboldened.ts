/** Suggestions for people: what they typed stands in bold. */
import { escaped } from '../../../../src/html.ts';

/** `text` as HTML, with the first place where `typed` stands in it (case aside) in bold. */
export function emboldened(text: string, typed: string): string {
  const at = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase());
  if (at < 0) return escaped(text);
  const end = at + typed.length;
  return `${escaped(text.slice(0, at))}<b>${escaped(text.slice(at, end))}</b>${escaped(text.slice(end))}`;
}
