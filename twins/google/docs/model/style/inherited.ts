/** What a paragraph's text and the paragraph itself inherit from named styles. */
import type { Fields } from '../../world/content.ts';
import type { Tab } from '../../world.ts';

/** The text style that text in a paragraph of `namedStyleType` has where it says nothing itself. */
export const inheritedText = (tab: Tab, namedStyleType: unknown): Fields =>
  inherited(tab, namedStyleType, 'textStyle');

/** The paragraph style that a paragraph of `namedStyleType` has where it says nothing itself. */
export const inheritedParagraph = (tab: Tab, namedStyleType: unknown): Fields =>
  inherited(tab, namedStyleType, 'paragraphStyle');

export const namedStyle = (tab: Tab, type: unknown): Fields | undefined =>
  tab.namedStyles.find((style) => style.namedStyleType === type);

function inherited(tab: Tab, type: unknown, part: 'textStyle' | 'paragraphStyle'): Fields {
  const normal = namedStyle(tab, 'NORMAL_TEXT')?.[part] as Fields | undefined;
  const own = type === 'NORMAL_TEXT' ? {} : (namedStyle(tab, type)?.[part] as Fields | undefined);
  return { ...normal, ...own };
}
