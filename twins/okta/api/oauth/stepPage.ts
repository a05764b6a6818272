/** What the sign-in page asks for after the name: the same forms that programs draw, as HTML that works without script. */
import { escaped } from '../../../../src/html.ts';
import type { World } from '../../../../src/world/world.ts';
import { currentFactor } from '../../model/idx/enrol.ts';
import type { Refused } from '../../model/idx/refused.ts';
import { type IdxTransaction, personOfIdx } from '../../model/idx/transaction.ts';
import type { Form } from '../../model/oauth/client.ts';
import { masked } from '../authnViews.ts';
import { type Field, NAMES, type Remediation } from '../idxForms.ts';
import { carried } from './signInPage.ts';

const TITLES: Readonly<Record<string, string>> = {
  'identify-recovery': 'Who are you?',
  'select-authenticator-authenticate': 'Verify it’s you with a security method',
  'challenge-authenticator': 'Verify it’s you',
  'challenge-poll': 'Check your phone',
  'reset-authenticator': 'Reset your password',
  'reenroll-authenticator': 'Your password has expired',
  'select-authenticator-enroll': 'Set up security methods',
  'authenticator-enrollment-data': 'Set up phone',
  'enroll-authenticator': 'Set up security method',
  'enroll-poll': 'Set up Okta Verify',
  'enroll-profile': 'Sign up',
};

const BUTTONS: Readonly<Record<string, string>> = {
  'challenge-poll': 'Continue',
  'enroll-poll': 'Continue',
  'identify-recovery': 'Next',
  'reset-authenticator': 'Reset password',
  'reenroll-authenticator': 'Change password',
  'enroll-profile': 'Sign up',
  'authenticator-enrollment-data': 'Receive a code',
};

/** Where the page's forms go, what they carry, and what was wrong. */
export interface StepPage {
  action: string;
  carries: Form;
  forms: readonly Remediation[];
  refused?: Refused | undefined;
  remembers: boolean;
}

/** The page of a sign-in as it stands. */
export function stepPage(world: World, transaction: IdxTransaction, page: StepPage): string {
  const [main, ...others] = page.forms;
  const message = page.refused?.told ?? transaction.message;
  const user = personOfIdx(world, transaction);
  return `<h1>${escaped(TITLES[main?.name ?? ''] ?? 'Sign In')}</h1>
${user ? `<p>${escaped(user.profile.login)}</p>` : ''}
${message ? `<p role="alert">${escaped(message.message)}</p>` : ''}
${main ? about(world, transaction) + form(transaction, page, main) : ''}
${others.map((one) => `<p class="note">or</p>${form(transaction, page, one)}`).join('')}
<ul class="links">${actionsOf(world, transaction)
    .map(([step, label]) => `<li>${button(transaction, page, step, label)}</li>`)
    .join('')}</ul>`;
}

function form(transaction: IdxTransaction, page: StepPage, one: Remediation): string {
  const choice = one.fields.find(({ options, form: inner }) => options && !inner);
  const body = choice ? choices(choice) : one.fields.map(fieldOf).join('\n');
  const remember =
    page.remembers && one.name === 'challenge-authenticator'
      ? '<label><input type="checkbox" name="rememberDevice" value="true"> Do not challenge me on this device</label>'
      : '';
  const submit = choice
    ? ''
    : `<p class="actions"><button class="main">${escaped(BUTTONS[one.name] ?? 'Verify')}</button></p>`;
  return `<form method="post" action="${escaped(page.action)}">
${carried(page.carries)}
${own(transaction, one.name)}
${body}
${remember}
${submit}
</form>`;
}

/** A button for each thing that may be chosen. */
function choices({ options = [] }: Field): string {
  return options
    .flatMap(({ label, value }) => {
      const fields = (value as { form: { value: Field[] } }).form.value;
      const id = String(fields.find(({ name }) => name === 'id')?.value ?? '');
      const method = fields.find(({ name }) => name === 'methodType');
      const methods = method?.options ?? [{ label: '', value: method?.value }];
      return methods.map((one) => [one.label ? `${label}: ${one.label}` : label, `${id} ${one.value}`]);
    })
    .map(
      ([label = '', value = '']) =>
        `<p class="actions"><button name="choice" value="${escaped(value)}">${escaped(label)}</button></p>`,
    )
    .join('\n');
}

function fieldOf(field: Field): string {
  if (field.form) return field.form.value.map(fieldOf).join('\n');
  const { name, label = name, options, secret, type, visible, value } = field;
  if (visible === false || field.mutable === false)
    return `<input type="hidden" name="${escaped(name)}" value="${escaped(String(value ?? ''))}">`;
  if (options)
    return `<label>${escaped(label)} <select name="${escaped(name)}">${options
      .map((one) => `<option value="${escaped(String(one.value))}">${escaped(one.label)}</option>`)
      .join('')}</select></label>`;
  if (type === 'boolean')
    return `<label><input type="checkbox" name="${escaped(name)}" value="true"> ${escaped(label)}</label>`;
  const kind = secret ? 'password' : 'text';
  const typed = name === 'passcode' && !secret ? ' inputmode="numeric" autocomplete="one-time-code"' : '';
  return `<label>${escaped(label)} <input name="${escaped(name)}" type="${kind}"${typed} required></label>`;
}

/** What somebody needs to know to fill the form in. */
function about(world: World, transaction: IdxTransaction): string {
  const { current } = transaction;
  if (!current) return '';
  const factor = currentFactor(world, transaction);
  const { sharedSecret } = factor?.proof ?? {};
  const says = [NAMES[current.key] ?? current.key];
  const shown = masked(factor?.profile ?? {});
  if (current.code) says.push('A verification code was sent to your email.');
  if (shown.phoneNumber) says.push(`A code was sent to ${shown.phoneNumber}.`);
  if (shown.questionText) says.push(String(shown.questionText));
  if (sharedSecret && factor?.status !== 'ACTIVE') says.push(`Enter this key in the app: ${sharedSecret}`);
  return says.map((one) => `<p>${escaped(one)}</p>`).join('');
}

/** What else may be done. */
function actionsOf(world: World, transaction: IdxTransaction): [step: string, label: string][] {
  const { stage, current } = transaction;
  const factor = currentFactor(world, transaction);
  const sends = Boolean(current?.code || factor?.proof.code || factor?.proof.sentAt);
  return [
    ...(stage === 'CHALLENGE' && current?.key === 'okta_password'
      ? [['recover', 'Forgot password?'] as [string, string]]
      : []),
    ...(sends ? [['resend', 'Send again'] as [string, string]] : []),
    ['cancel', 'Back to sign in'],
  ];
}

const button = (transaction: IdxTransaction, page: StepPage, step: string, label: string): string =>
  `<form method="post" action="${escaped(page.action)}">
${carried(page.carries)}
${own(transaction, step)}
<button class="link">${escaped(label)}</button>
</form>`;

/** Which sign-in a form belongs to, and which of its forms it is. */
const own = ({ handle }: IdxTransaction, step: string): string =>
  `<input type="hidden" name="stateHandle" value="${escaped(handle)}">
<input type="hidden" name="step" value="${escaped(step)}">`;
