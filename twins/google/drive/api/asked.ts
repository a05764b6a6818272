/** Parameters that several operations on files read. */
import type { Call } from '../../../../src/twin.ts';
import type { Keeping } from '../model/content.ts';
import type { Move } from '../model/place.ts';
import { said } from './viewer.ts';

/** What is asked for with new content; `pinned` is v2's name. */
export const keepingOf = (call: Pick<Call, 'query'>): Keeping => ({
  keepRevisionForever: said(call, 'keepRevisionForever', 'pinned'),
  indexable: said(call, 'useContentAsIndexableText'),
  comments: said(call, 'copyComments'),
});

export const moveOf = ({ query }: Pick<Call, 'query'>): Move => ({
  ...(query.get('addParents') ? { addParents: query.get('addParents') as string } : {}),
  ...(query.get('removeParents') ? { removeParents: query.get('removeParents') as string } : {}),
});
