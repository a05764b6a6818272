/** Plain text as the HTML that Drive shows of a comment: line breaks, addresses that can be followed, people named. */
const LINK = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]|(?<![\w.+-])[@+][\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g;

export function richText(text: string): string {
  let html = '';
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const to = found.startsWith('http') ? found : `mailto:${found.slice(1)}`;
    html += `${plain(text.slice(from, index))}<a href="${escaped(to)}" data-rawHref="${escaped(to)}" target="_blank">`;
    html += `${plain(found)}</a>`;
    from = index + found.length;
  }
  return html + plain(text.slice(from));
}

const plain = (text: string): string => escaped(text).replace(/\n/g, '<br>');

/** By the names that Drive writes. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
