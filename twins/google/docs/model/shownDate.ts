/** How a date in a document reads. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents#DateElementProperties */

export interface DateProperties {
  /** RFC 3339. */
  timestamp?: string;
  timeZoneId?: string;
  locale?: string;
  dateFormat?: string;
  timeFormat?: string;
}

/** The forms of `dateFormat`, as `Intl` says them; the ISO one is written out. */
const FORMS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  DATE_FORMAT_MONTH_DAY_ABBREVIATED: { month: 'short', day: 'numeric' },
  DATE_FORMAT_MONTH_DAY_FULL: { month: 'long', day: 'numeric' },
  DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED: { month: 'short', day: 'numeric', year: 'numeric' },
  DATE_FORMAT_ISO8601: { year: 'numeric', month: '2-digit', day: '2-digit' },
};
const TIMES = ['TIME_FORMAT_DISABLED', 'TIME_FORMAT_HOUR_MINUTE', 'TIME_FORMAT_HOUR_MINUTE_TIMEZONE'];
const UNSET = /_UNSPECIFIED$/;

/** Undefined for a format, a time, a zone or a language that there is not. */
export function shownDate(properties: DateProperties): string | undefined {
  const { timestamp = '', timeZoneId, locale } = properties;
  const format = chosen(properties.dateFormat, 'DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED');
  const time = chosen(properties.timeFormat, 'TIME_FORMAT_DISABLED');
  const form = FORMS[format];
  const at = Date.parse(timestamp);
  if (!form || !TIMES.includes(time) || Number.isNaN(at)) return undefined;
  const language = locale === 'iw' ? 'he' : locale || 'en';
  const timeZone = timeZoneId || 'Etc/UTC';
  try {
    const shown = (as: string, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(as, { timeZone, ...options }).format(at);
    const date = format === 'DATE_FORMAT_ISO8601' ? shown('sv-SE', form) : shown(language, form);
    if (time === 'TIME_FORMAT_DISABLED') return date;
    const zone = time === 'TIME_FORMAT_HOUR_MINUTE_TIMEZONE' ? ({ timeZoneName: 'short' } as const) : {};
    const clock = shown(language, { hour: 'numeric', minute: '2-digit', ...zone }).replace(/\u202f/g, ' ');
    return `${date}${format === 'DATE_FORMAT_ISO8601' ? ' ' : ', '}${clock}`;
  } catch {
    return undefined;
  }
}

const chosen = (said: string | undefined, otherwise: string): string =>
  said === undefined || UNSET.test(said) ? otherwise : said;
