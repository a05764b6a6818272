/** Text that stands in HTML as it is, in an attribute too: for the pages that twins show to people. */
export const escaped = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
