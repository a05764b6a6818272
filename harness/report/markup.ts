/** Markup in which every inserted value is escaped unless it is markup itself. */

/** Text that is markup already. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

/** A template of HTML or XML: values are escaped, lists are joined, absent ones are left out. */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  const text = parts.reduce((made, part, i) => made + write(values[i - 1]) + part);
  return { markup: text };
}

function write(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(write).join('');
  if (typeof value === 'object') return (value as Markup).markup;
  return escapeText(String(value));
}

/** Escapes for HTML and XML, texts and attributes alike; characters that XML cannot hold are replaced. */
export function escapeText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
  );
}
