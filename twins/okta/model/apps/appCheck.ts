/** Whether what clients send makes an app, by how it signs people in. */
import { isRecord } from '../../../../src/json.ts';
import { blank, invalid, notWellFormed, refuse } from '../../errors.ts';
import type { App, AppInput } from './app.ts';

const SIGN_ON_MODES: ReadonlySet<string> = new Set([
  ...['AUTO_LOGIN', 'BASIC_AUTH', 'BOOKMARK', 'BROWSER_PLUGIN', 'OPENID_CONNECT'],
  ...['SAML_1_1', 'SAML_2_0', 'SECURE_PASSWORD_STORE', 'WS_FEDERATION'],
]);

export const isSignOnMode = (mode: string): boolean => SIGN_ON_MODES.has(mode);

const APPLICATION_TYPES: ReadonlySet<unknown> = new Set(['web', 'native', 'browser', 'service']);

/** An app's body in the form that it must have; `old` is the app that it replaces. Throws E0000003 and E0000001. */
export function checkedApp(input: AppInput | undefined, old?: App): AppInput & { label: string } {
  if (!isRecord(input)) throw notWellFormed();
  const { label, name, signOnMode, settings } = input as AppInput;
  if (!label) throw blank('label');
  if (!old && !name && !signOnMode) throw blank('signOnMode');
  // Apps of the catalogue have modes of their own.
  if (signOnMode && !name && !old && !isSignOnMode(signOnMode)) throw notWellFormed();
  if (signOnMode === 'BOOKMARK' && (name ?? old?.name ?? 'bookmark') === 'bookmark')
    checkUrl(settings?.app, old);
  if (signOnMode === 'OPENID_CONNECT') checkClient(settings?.oauthClient);
  return { ...input, label };
}

/** What the catalogue describes of an app that an administrator made by hand is changed only while it is in use. */
export function checkReplaceable({ name, signOnMode, status }: App): void {
  if (status === 'ACTIVE' || signOnMode !== 'AUTO_LOGIN' || !/_\d+$/.test(name)) return;
  const why = 'This operation on app metadata is not yet supported';
  throw refuse('E0000024', { summary: `Bad request. ${why}.`, causes: [`${why}: No active instances.`] });
}

function checkUrl(app: unknown, old: App | undefined): void {
  const url = isRecord(app) ? app.url : old?.settings.app.url;
  if (typeof url !== 'string' || url === '') throw blank('url');
}

function checkClient(client: unknown): void {
  if (!isRecord(client)) return;
  const { application_type: type, grant_types: grants } = client;
  if (type !== undefined && type !== null && !APPLICATION_TYPES.has(type))
    throw invalid('application_type', `application_type: The value '${String(type)}' is not valid`);
  if (type === 'service' && Array.isArray(grants) && grants.includes('authorization_code'))
    throw invalid('grant_types', 'grant_types: A service app has no users who could sign in');
}
