/**
 * Devices without a browser: their codes, and the page where a person types them.
 * https://developers.google.com/identity/protocols/oauth2/limited-input-device
 */
import { ApiError } from '../../../../src/error.ts';
import { escaped } from '../../../../src/html.ts';
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import { oauthError } from '../../errors.ts';
import { clientWith } from '../model/authorization.ts';
import { answerDevice, deviceNamed, requestDevice } from '../model/device.ts';
import { answerIn } from './consent.ts';
import { consentPage, devicePage, donePage } from './consentPage.ts';
import { FORM } from './oauth.ts';
import { html, page } from './page.ts';

const DOC = 'https://developers.google.com/identity/protocols/oauth2/limited-input-device';

export const deviceEndpoints: readonly Endpoint[] = [
  ...['/device/code', '/o/oauth2/device/code'].map((path) =>
    endpoint<never, string>(
      { id: 'oauth2.device.code', route: `POST ${path}`, auth: 'none', input: FORM, doc: DOC },
      asked,
    ),
  ),
  page('oauth2.device', 'GET /device', DOC, shown),
  page('oauth2.device', 'POST /device', DOC, pressed),
];

function asked({ world, input }: Call) {
  const { client_id, scope } = (input ?? {}) as { client_id?: string; scope?: string };
  if (!client_id) throw oauthError('invalid_request', 'Could not determine client ID from request.');
  return requestDevice(world, clientWith(world, client_id), scope);
}

function shown({ world, query }: Call) {
  const typed = query.get('user_code');
  if (!typed) return html(200, devicePage(''));
  try {
    const row = deviceNamed(world, typed);
    const program = clientWith(world, row.clientId).name;
    const onward = `Only go on if <b>${escaped(program)}</b> shows the code <b class="code">${row.userCode}</b> on a device of yours.`;
    return html(
      200,
      consentPage(world, { program, scopes: row.scopes, onward, hidden: { user_code: row.userCode } }),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return html(200, devicePage(typed, error.message));
  }
}

function pressed({ world, body }: Call) {
  const { decision, email, scopes } = answerIn(body);
  const row = deviceNamed(world, body.fields?.find(([name]) => name === 'user_code')?.[1] ?? '');
  const said = answerDevice(world, row, { email, scopes: decision === 'allow' ? scopes : [] });
  return said === 'allowed'
    ? html(200, donePage('Device connected', 'You can go back to your device now.'))
    : html(200, donePage('Device not connected', 'You gave it no access.'));
}
