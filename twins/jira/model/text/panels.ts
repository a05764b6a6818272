/** The background of a panel by its kind: what tells kinds apart in HTML and in wiki text. */
export const PANEL_COLORS: Readonly<Record<string, string>> = {
  info: '#deebff',
  note: '#eae6ff',
  success: '#e3fcef',
  warning: '#fffae6',
  error: '#ffebe6',
};
