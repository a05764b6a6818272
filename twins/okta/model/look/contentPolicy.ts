/** Which sources a page of a brand may load from: what the brand says, and the header that browsers get. */
import { invalid } from '../../errors.ts';
import { isWebAddress } from './brand.ts';

/** The setting in the vendor's shape. */
export interface ContentPolicy {
  mode?: 'enforced' | 'report_only';
  reportUri?: string;
  srcList?: string[];
}

const SOURCES_MAX = 20;
/** A scheme, a host with or without `*.`, with a port or path behind it. https://www.w3.org/TR/CSP3/#grammardef-host-source */
const SOURCE =
  /^([a-z][a-z0-9+.-]*:)?(\/\/)?(\*\.)?[\w-]+(\.[\w-]+)*(:(\d+|\*))?(\/[^\s;,]*)?$|^[a-z][a-z0-9+.-]*:$/i;

/** The setting as it is kept. Throws E0000001 for another mode, a source or address that is none. */
export function checkedPolicy(sent: ContentPolicy | undefined): ContentPolicy | undefined {
  if (!sent) return undefined;
  const { mode, reportUri, srcList } = sent;
  if (mode !== undefined && mode !== 'enforced' && mode !== 'report_only')
    throw invalid('contentSecurityPolicySetting', 'mode: The mode must be enforced or report_only');
  if (reportUri && !isWebAddress(reportUri))
    throw invalid('contentSecurityPolicySetting', 'reportUri: The URI is not valid');
  if (srcList && srcList.length > SOURCES_MAX)
    throw invalid('contentSecurityPolicySetting', `srcList: There can be at most ${SOURCES_MAX} sources`);
  const bad = srcList?.find((one) => !SOURCE.test(one));
  if (bad !== undefined)
    throw invalid('contentSecurityPolicySetting', `srcList: ${bad} is not a valid source`);
  return sent;
}

/**
 * The header for a page whose own scripts have `nonce`. A page may always load its own, forms lead anywhere a browser
 * is sent to; a brand's setting adds sources, or asks for reports only.
 */
export function policyHeader(setting: ContentPolicy | undefined, nonce: string): [string, string] {
  const sources = (setting?.srcList ?? []).join(' ');
  const from = (...own: string[]) => [...own, sources].filter(Boolean).join(' ');
  const parts = [
    `default-src ${from("'self'")}`,
    `script-src ${from("'self'", `'nonce-${nonce}'`)}`,
    `style-src ${from("'self'", "'unsafe-inline'")}`,
    `img-src ${from("'self'", 'data:', 'https:')}`,
    "frame-ancestors 'self'",
    ...(setting?.reportUri ? [`report-uri ${setting.reportUri}`] : []),
  ];
  const name =
    setting?.mode === 'report_only' ? 'content-security-policy-report-only' : 'content-security-policy';
  return [name, parts.join('; ')];
}
