/**
 * What a spreadsheet's locale decides: separators, the order in dates, the clock, the currency.
 * https://support.google.com/docs/answer/58515
 */
import type { World } from '../../../../src/world/world.ts';
import { spreadsheets } from '../world.ts';

/** In which locale something is typed or shown, and the year that a date without one means. */
export interface Setting {
  locale: string;
  year?: number;
}

export const EN_US: Setting = { locale: 'en_US' };

/** A locale's conventions. */
export interface Conventions {
  /** BCP 47, as `en-US`. */
  tag: string;
  decimal: string;
  group: string;
  /** How an all-numeric date is ordered. */
  order: 'dmy' | 'mdy' | 'ymd';
  /** Patterns of the default formats. */
  date: string;
  time: string;
  currency: string;
  symbol: string;
}

/** Locales that a spreadsheet can be set to. */
const LOCALES = new Set(
  (
    'ar_EG az_AZ be_BY bg_BG bn_IN ca_ES cs_CZ cy_GB da_DK de_AT de_CH de_DE el_GR en_AU en_CA en_GB en_IE en_IN ' +
    'en_NZ en_PH en_SG en_US en_ZA es_AR es_BO es_CL es_CO es_EC es_ES es_MX es_PE es_PY es_UY es_VE fa_IR fi_FI ' +
    'fil_PH fr_BE fr_CA fr_CH fr_FR gu_IN hi_IN hr_HR hu_HU hy_AM id_ID in_ID it_CH it_IT iw_IL he_IL ja_JP ka_GE ' +
    'kk_KZ kn_IN ko_KR lt_LT lv_LV ml_IN mn_MN mr_IN my_MM nb_NO no_NO nn_NO nl_BE nl_NL pa_IN pl_PL pt_BR pt_PT ' +
    'ro_RO ru_RU sk_SK sl_SI sr_RS sv_SE ta_IN te_IN th_TH tr_TR uk_UA ur_PK vi_VN zh_CN zh_HK zh_TW'
  ).split(' '),
);

/** The locale as the vendor writes it; a language alone is one too. Undefined where it cannot be set. */
export function knownLocale(text: string): string | undefined {
  const name = text.replace('-', '_');
  if (LOCALES.has(name)) return name;
  const language = /^[a-z]{2,3}$/.test(name) && [...LOCALES].some((one) => one.startsWith(`${name}_`));
  return language ? name : undefined;
}

/** The locale and the present year of a spreadsheet. */
export function settingOf(world: World, spreadsheetId: string): Setting {
  return { locale: localeOf(world, spreadsheetId), year: new Date(world.now()).getUTCFullYear() };
}

export const localeOf = (world: World, spreadsheetId: string): string =>
  world.get(spreadsheets, spreadsheetId)?.properties.locale ?? EN_US.locale;

const known = new Map<string, Conventions>();

/** The conventions of a locale, made out once. */
export function conventionsOf(locale: string): Conventions {
  const found = known.get(locale);
  if (found) return found;
  const made = conventions(tagOf(locale));
  known.set(locale, made);
  return made;
}

/** Older names of two languages. */
const tagOf = (locale: string): string =>
  locale
    .replace(/^iw\b|^iw(?=_)/, 'he')
    .replace(/^in(?=_|$)/, 'id')
    .replace('_', '-');

function conventions(tag: string): Conventions {
  const parts = new Intl.NumberFormat(tag, { numberingSystem: 'latn' }).formatToParts(-1_234_567.5);
  const part = (type: string, or: string) => parts.find((one) => one.type === type)?.value ?? or;
  const date = datePattern(tag);
  const { pattern, symbol } = currencyPattern(tag);
  return {
    tag,
    decimal: part('decimal', '.'),
    group: part('group', ','),
    order: date.startsWith('y') ? 'ymd' : date.toLowerCase().startsWith('m') ? 'mdy' : 'dmy',
    date,
    time: timePattern(tag),
    currency: pattern,
    symbol,
  };
}

/** The short date with a whole year: `M/d/yyyy`, `dd.MM.yyyy`, `yyyy/MM/dd`. */
function datePattern(tag: string): string {
  const style = {
    dateStyle: 'short',
    timeZone: 'UTC',
    numberingSystem: 'latn',
    calendar: 'gregory',
  } as const;
  return new Intl.DateTimeFormat(tag, style)
    .formatToParts(Date.UTC(2003, 1, 1))
    .map(({ type, value }) => {
      if (type === 'year') return 'yyyy';
      if (type === 'month') return value.length > 1 ? 'MM' : 'M';
      return type === 'day' ? (value.length > 1 ? 'dd' : 'd') : value.replace(/[^\d\s./-]/g, '');
    })
    .join('')
    .trim();
}

function timePattern(tag: string): string {
  const style = { timeStyle: 'medium', timeZone: 'UTC' } as const;
  const { hourCycle } = new Intl.DateTimeFormat(tag, style).resolvedOptions();
  return hourCycle?.startsWith('h1') ? 'h:mm:ss am/pm' : 'H:mm:ss';
}

/** Currencies by region; all others count in dollars. */
const CURRENCIES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'AR:ARS AT:EUR AU:AUD AZ:AZN BE:EUR BG:BGN BO:BOB BR:BRL BY:BYN CA:CAD CH:CHF CL:CLP CN:CNY CO:COP CZ:CZK ' +
    'DE:EUR DK:DKK EG:EGP ES:EUR FI:EUR FR:EUR GB:GBP GE:GEL GR:EUR HK:HKD HR:EUR HU:HUF ID:IDR IE:EUR IL:ILS ' +
    'IN:INR IR:IRR IT:EUR JP:JPY KR:KRW KZ:KZT LT:EUR LV:EUR MM:MMK MN:MNT MX:MXN NL:EUR NO:NOK NZ:NZD PE:PEN ' +
    'PH:PHP PK:PKR PL:PLN PT:EUR PY:PYG RO:RON RS:RSD RU:RUB SE:SEK SG:SGD SI:EUR SK:EUR TH:THB TR:TRY TW:TWD ' +
    'UA:UAH UY:UYU VE:VES VN:VND ZA:ZAR AM:AMD'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

function currencyPattern(tag: string): { pattern: string; symbol: string } {
  const currency = CURRENCIES[tag.split('-')[1] ?? 'US'] ?? 'USD';
  const style = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    numberingSystem: 'latn',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  } as const;
  const parts = new Intl.NumberFormat(tag, style).formatToParts(1);
  const symbol = parts.find((one) => one.type === 'currency')?.value ?? '$';
  const first = parts.findIndex((one) => one.type === 'currency');
  const digits = parts.findIndex((one) => one.type === 'integer');
  const space = parts.some((one) => one.type === 'literal' && /\s/.test(one.value)) ? ' ' : '';
  const pattern = first < digits ? `"${symbol}${space}"#,##0.00` : `#,##0.00"${space}${symbol}"`;
  return { pattern, symbol };
}
