/** A row as it was and as it became: fields that changed are marked, the rest is only counted. */

import { isRecord } from '../../json.ts';
import type { RowChange } from './entries.ts';

/** Fields of a row that are told apart, how deep, shown at once, and characters of one value. */
const FIELDS_MAX = 300;
const DEPTH_MAX = 5;
const SHOWN_MAX = 12;
/** Of a row that is new or gone, fewer: those first by which people know it. */
const SHOWN_WHOLE_MAX = 5;
const TELLING = /(^|\.)(text|summary|name|title|subject|email|login|status|label|stringValue)$/i;
const VALUE_CHARS_MAX = 240;

/** One field by its path; undefined on the side where the row has none. */
export interface FieldChange {
  path: string;
  was?: string;
  is?: string;
}

/** The change as a small table. */
export function Change({ change }: { change: RowChange }) {
  const { twin, table, key, name, before, after, text } = change;
  const verb = before === undefined ? 'new' : after === undefined ? 'gone' : 'changed';
  return (
    <div class="change">
      <span class={`badge ${text === undefined && verb === 'gone' ? 'bad' : 'plain'}`}>{twin}</span>{' '}
      {name.split('.').slice(1).join(' ')} <span class="dim small">{`${table} ${key}`}</span>
      {text === undefined ? <Fields before={before} after={after} /> : <Cut text={text} />}
    </div>
  );
}

function Fields({ before, after }: Pick<RowChange, 'before' | 'after'>) {
  const { changed: all, same } = fieldsOf(before, after);
  const whole = before === undefined || after === undefined;
  const rank = ({ path }: FieldChange) => (TELLING.test(path) ? 0 : 1);
  const changed = whole ? all.toSorted((a, b) => rank(a) - rank(b)) : all;
  const shown = whole ? SHOWN_WHOLE_MAX : SHOWN_MAX;
  return (
    <>
      <Rows fields={changed.slice(0, shown)} />
      {changed.length > shown ? (
        <details>
          <summary>{changed.length - shown} more fields</summary>
          <Rows fields={changed.slice(shown)} />
        </details>
      ) : (
        ''
      )}
      {same > 0 ? <span class="dim small">{same === 1 ? '1 field' : `${same} fields`} as before</span> : ''}
    </>
  );
}

function Rows({ fields }: { fields: readonly FieldChange[] }) {
  return (
    <table>
      <tbody>
        {fields.map(({ path, was, is }) => (
          <tr>
            <th scope="row">{path}</th>
            <td>
              {was === undefined ? '' : <del>{was}</del>}
              {was === undefined || is === undefined ? '' : ' → '}
              {is === undefined ? '' : <ins>{is}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cut({ text }: { text: string }) {
  return (
    <details>
      <summary>the row was too long to keep whole</summary>
      <pre>{text}</pre>
    </details>
  );
}

/** Fields that differ between two rows, and how many do not. */
export function fieldsOf(before: unknown, after: unknown): { changed: FieldChange[]; same: number } {
  const was = leaves(before);
  const is = leaves(after);
  const changed: FieldChange[] = [];
  let same = 0;
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(path), is.get(path)];
    if (old === now) same++;
    else
      changed.push({
        path,
        ...(old === undefined ? {} : { was: cut(old) }),
        ...(now === undefined ? {} : { is: cut(now) }),
      });
  }
  return { changed, same };
}

/** Every value of a row by its path, as text. */
function leaves(row: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string, depth: number) => {
    if (value === undefined || found.size >= FIELDS_MAX) return;
    const inner = Array.isArray(value)
      ? value.map((one, i) => [String(i), one])
      : isRecord(value)
        ? Object.entries(value)
        : [];
    if (inner.length === 0 || depth === DEPTH_MAX) {
      found.set(path || 'value', typeof value === 'string' ? value : JSON.stringify(value));
      return;
    }
    for (const [name, one] of inner) walk(one, path === '' ? String(name) : `${path}.${name}`, depth + 1);
  };
  walk(row, '', 0);
  return found;
}

function cut(text: string): string {
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
}
