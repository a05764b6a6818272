/** The application properties that administrators may set, from the description of `setApplicationProperty`. */
export interface Setting {
  key: string;
  name: string;
  type: 'string' | 'boolean' | 'int' | 'enum';
  defaultValue: string;
  allowedValues?: readonly string[];
  /** On the page "Advanced settings". */
  advanced: boolean;
}

const set = (
  key: string,
  name: string,
  defaultValue: string,
  type: Setting['type'] = 'string',
  allowedValues?: readonly string[],
): Omit<Setting, 'advanced'> => ({
  key,
  name,
  defaultValue,
  type,
  ...(allowedValues ? { allowedValues } : {}),
});

const ADVANCED = [
  set('jira.clone.prefix', 'The prefix added to the Summary field of cloned issues', 'CLONE -'),
  set('jira.date.picker.java.format', 'The date format for server-side generated dates', 'd/MMM/yy'),
  set('jira.date.picker.javascript.format', 'The date format for client-side generated dates', '%e/%b/%y'),
  set(
    'jira.date.time.picker.java.format',
    'The date format for server-side generated date times',
    'dd/MMM/yy h:mm a',
  ),
  set(
    'jira.date.time.picker.javascript.format',
    'The date format for client-side generated date times',
    '%e/%b/%y %I:%M %p',
  ),
  set('jira.issue.actions.order', 'The default order of actions on the issue view', 'asc', 'enum', [
    'asc',
    'desc',
  ]),
  set(
    'jira.view.issue.links.sort.order',
    'The sort order of issue links on the issue view',
    'type, status, priority',
  ),
  set(
    'jira.comment.collapsing.minimum.hidden',
    'The minimum number of comments that are collapsed',
    '4',
    'int',
  ),
  set('jira.newsletter.tip.delay.days', 'Days before the newsletter is offered', '7', 'int'),
].map((one): Setting => ({ ...one, advanced: true }));

const OTHERS = [
  set('jira.lf.date.time', 'Time format', 'h:mm a'),
  set('jira.lf.date.day', 'Day format', 'EEEE h:mm a'),
  set('jira.lf.date.complete', 'Date and time format', 'dd/MMM/yy h:mm a'),
  set('jira.lf.date.dmy', 'Date format', 'dd/MMM/yy'),
  set('jira.date.time.picker.use.iso8061', 'Monday is the first day in the date picker', 'false', 'boolean'),
  set('jira.lf.logo.url', 'URL of the logo', '/images/icon-jira-logo.png'),
  set('jira.lf.logo.show.application.title', 'Show the title beside the logo', 'false', 'boolean'),
  set('jira.lf.favicon.url', 'URL of the favicon', '/favicon.ico'),
  set('jira.lf.favicon.hires.url', 'URL of the high-resolution favicon', '/images/64jira.png'),
  set('jira.lf.navigation.bgcolour', 'Background color of the sidebar', '#0747A6'),
  set('jira.lf.navigation.highlightcolour', 'Color of the text of the sidebar', '#DEEBFF'),
  set('jira.lf.hero.button.base.bg.colour', 'Background color of the hero button', '#3b7fc4'),
  set('jira.title', 'Application title', 'Jira'),
  set('jira.option.globalsharing', 'Share filters and dashboards with everyone', 'true', 'boolean'),
  set('xflow.product.suggestions.enabled', 'Suggest other products', 'true', 'boolean'),
  set('jira.issuenav.criteria.autoupdate', 'Search criteria act at once', 'true', 'boolean'),
].map((one): Setting => ({ ...one, advanced: false }));

export const SETTINGS: readonly Setting[] = [...ADVANCED, ...OTHERS];
