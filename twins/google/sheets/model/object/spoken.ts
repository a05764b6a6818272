/** Objects as protobuf writes them: zero, false and empty texts are not said, but where their absence means more. */

/** Fields that have a presence of their own: bounds, members of unions, wrapped numbers and flags. */
const PRESENT = new Set([
  ...[
    'startRowIndex',
    'endRowIndex',
    'startColumnIndex',
    'endColumnIndex',
    'numberValue',
    'boolValue',
    'stringValue',
  ],
  ...[
    'headerCount',
    'pieHole',
    'viewWindowMin',
    'viewWindowMax',
    'start',
    'end',
    'interval',
    'bubbleOpacity',
  ],
  ...['sourceColumnOffset', 'columnOffsetIndex', 'dimensionIndex', 'userEnteredValue'],
  ...['bold', 'italic', 'strikethrough', 'underline', 'fontSize', 'minValue', 'maxValue', 'intervalSize'],
]);

/** The value without what is not said; an object that says nothing stays, as an empty one. */
export function spoken<T>(value: T): T {
  if (Array.isArray(value)) return value.map(spoken) as T;
  if (value === null || typeof value !== 'object') return value;
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined || inner === null) continue;
    if (
      (inner === 0 || inner === false || inner === '') &&
      !PRESENT.has(name) &&
      !isColumnOfFilter(name, value)
    )
      continue;
    if (Array.isArray(inner) && inner.length === 0) continue;
    out[name] = spoken(inner);
  }
  return out as T;
}

/** `FilterSpec.columnIndex` and a slicer's are said also when 0; those of coordinates and table columns are not. */
const isColumnOfFilter = (name: string, of: object): boolean =>
  name === 'columnIndex' && ('filterCriteria' in of || 'dataRange' in of);
