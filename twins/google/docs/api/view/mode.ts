/** How much of a document a request asks to see, and may. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/get */
import type { World } from '../../../../../src/world/world.ts';
import { atLeast, roleOf, type Viewer } from '../../../drive/model/access.ts';
import type { FileRow } from '../../../drive/world.ts';
import { badArgument, googleError } from '../../../errors.ts';
import { parseFields } from '../../../fields.ts';
import type { SuggestionsViewMode, View } from './document.ts';

const PREVIEWS = ['PREVIEW_SUGGESTIONS_ACCEPTED', 'PREVIEW_WITHOUT_SUGGESTIONS'];

/** Throws 400 for modes that do not go together, `forbidden` for what the viewer may not see. */
export function viewOf(world: World, viewer: Viewer, file: FileRow, query: URLSearchParams): View {
  const role = roleOf(world, file, viewer.email);
  const mayDiscuss = atLeast(role, 'commenter');
  const asked = query.get('suggestionsViewMode') ?? 'DEFAULT_FOR_CURRENT_ACCESS';
  const mask = parseFields(query.get('fields') ?? '');
  const withTabs =
    isTrue(query.get('includeTabsContent')) || (mask?.parts.has('tabs') === true && !mask.parts.has('body'));
  const comments = commentsOf(query.get('commentsViewMode'), { asked, withTabs, mayDiscuss });
  if ((asked === 'SUGGESTIONS_INLINE' || asked === 'PREVIEW_SUGGESTIONS_ACCEPTED') && !mayDiscuss)
    throw googleError('forbidden');
  return {
    withTabs,
    suggestionsViewMode:
      asked === 'DEFAULT_FOR_CURRENT_ACCESS'
        ? mayDiscuss
          ? 'SUGGESTIONS_INLINE'
          : 'PREVIEW_WITHOUT_SUGGESTIONS'
        : (asked as SuggestionsViewMode),
    ...(comments === undefined ? {} : { comments }),
    withRevision: atLeast(role, 'writer'),
    viewer: viewer.email,
  };
}

function commentsOf(
  mode: string | null,
  { asked, withTabs, mayDiscuss }: { asked: string; withTabs: boolean; mayDiscuss: boolean },
): boolean | undefined {
  if (mode === null || mode === 'COMMENTS_VIEW_MODE_UNSPECIFIED') return undefined;
  if (!withTabs)
    throw badArgument('Comments view mode may only be specified if tabs content is also requested.');
  if (mode === 'COMMENTS_VIEW_MODE_OMITTED') return false;
  if (mode === 'COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS') {
    if (PREVIEWS.includes(asked))
      throw badArgument('Comments may not be included in a preview of suggestions.');
    return mayDiscuss;
  }
  if (asked !== 'SUGGESTIONS_INLINE')
    throw badArgument(
      'Comments may only be explicitly included if inline suggestions are also explicitly requested.',
    );
  if (!mayDiscuss) throw googleError('forbidden');
  return true;
}

const isTrue = (value: string | null): boolean => /^(true|1)$/i.test(value ?? '');
