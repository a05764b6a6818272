/** Parts of queries as they must be written: what refusals cite, `/jql/parse` shows, and clean-ups put in. */
import type { FieldName, Operand } from './ast.ts';
import { KEYWORDS, RESERVED } from './reserved.ts';

/** A value as it must be written: in quotation marks where it could be taken for something else. */
export function encoded(text: string): string {
  const lower = text.toLowerCase();
  const plain = /^[\p{L}\p{N}_.:-]+$/u.test(text) && !KEYWORDS.has(lower) && !RESERVED.has(lower);
  return plain ? text : quotedText(text);
}

const quotedText = (text: string): string => `"${text.replace(/["\\\n\r\t]/g, (c) => ESCAPED[c] ?? c)}"`;

const ESCAPED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A field as it must be written. */
export function fieldText({ name, property }: FieldName): string {
  if (/^cf\[\d+\]$/.test(name)) return name;
  if (!property) return encoded(name);
  const base = name.slice(0, name.indexOf('['));
  return `${encoded(base)}[${quotedText(property.key)}]${property.path ? `.${property.path}` : ''}`;
}

export function operandText(operand: Operand): string {
  if (operand.kind === 'value') return operand.number ? operand.text : encoded(operand.text);
  if (operand.kind === 'empty') return 'EMPTY';
  if (operand.kind === 'list') return `(${operand.values.map(operandText).join(', ')})`;
  return `${encoded(operand.name)}(${operand.args.map(encoded).join(', ')})`;
}
