/** A JSON value as protobuf's text format shows it in refusals. https://protobuf.dev/reference/protobuf/textformat-spec/ */

/** `struct_value {…}`, `list_value {…}`, `string_value: "a"`, with a line break behind each line. */
export function protoText(value: unknown, indent: string = ''): string {
  if (value === null || value === undefined) return `${indent}null_value: NULL_VALUE\n`;
  if (typeof value === 'string') return `${indent}string_value: ${JSON.stringify(value)}\n`;
  if (typeof value === 'number') return `${indent}number_value: ${value}\n`;
  if (typeof value === 'boolean') return `${indent}bool_value: ${value}\n`;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => `${inner}values {\n${protoText(item, `${inner}  `)}${inner}}\n`)
    : Object.entries(value).map(
        ([key, item]) =>
          `${inner}fields {\n${inner}  key: ${JSON.stringify(key)}\n${inner}  value {\n` +
          `${protoText(item, `${inner}    `)}${inner}  }\n${inner}}\n`,
      );
  return `${indent}${Array.isArray(value) ? 'list_value' : 'struct_value'} {\n${parts.join('')}${indent}}\n`;
}
