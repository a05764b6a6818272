/** Lists inside of answers, in the form of pages of their own. */
import { EMBEDDED_ROWS_MAX } from '../limits.ts';

/** `{maxResults, startAt, total, isLast, values}`: the first rows of a list that an answer shows along with others. */
export const embedded = (values: readonly unknown[], max = EMBEDDED_ROWS_MAX): Record<string, unknown> => ({
  maxResults: max,
  startAt: 0,
  total: values.length,
  isLast: values.length <= max,
  values: values.slice(0, max),
});
