/**
 * The guard against forged requests: what looks like a browser, and comes from a page that is not the site's, must say
 * that it means it.
 * https://confluence.atlassian.com/jirakb/rest-api-calls-with-a-browser-user-agent-header-may-fail-csrf-checks-802591455.html
 */
import type { Call } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { refused } from '../errors.ts';
import { siteBase } from '../hosts.ts';

const BROWSER = /^(mozilla|opera|chrome|safari)\//i;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** 403 `XSRF check failed` for a change that a browser asks for from elsewhere. Bearer and JWT cannot be forged. */
export function refuseForgery({ request: { method, headers }, world, actor }: Call): void {
  if (READS.has(method) || !BROWSER.test(header(headers, 'user-agent') ?? '')) return;
  if (/^no-?check$/i.test(header(headers, 'x-atlassian-token') ?? '')) return;
  if ((actor as { by?: string } | undefined)?.by !== 'basic') return;
  const from = header(headers, 'origin') ?? header(headers, 'referer');
  const own = new URL(siteBase(world)).origin;
  if (from !== undefined && URL.canParse(from) && new URL(from).origin === own) return;
  throw refused('forged');
}
