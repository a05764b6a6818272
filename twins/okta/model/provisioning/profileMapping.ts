/**
 * Profiles by mapping: an app user's from the user's, a user's from the app's. What is marked PUSH follows every
 * change, the rest is filled in once. https://help.okta.com/oie/en-us/content/topics/users-groups-profiles/usgp-about-profile-mappings.htm
 */
import type { World } from '../../../../src/world/world.ts';
import { org } from '../../world.ts';
import { type App, appTarget } from '../apps/app.ts';
import { compileExpression, type ExpressionScope } from '../expressions/expression.ts';
import { scopeOf } from '../expressions/expressionScope.ts';
import { record, SYSTEM } from '../log/log.ts';
import { type User, userTarget } from '../people/user.ts';
import { defaultUserType } from '../people/userType.ts';
import { MAPPED_FROM, mappingBetween, type Properties } from './mapping.ts';

/** `first`: a profile that begins, so all that is mapped. `again`: a change, so only what is pushed. */
export type MappingTime = 'first' | 'again';

/** What the mapping of a user's type to an app makes of the user; `userName` is the app's own affair. */
export function appProfileOf(world: World, app: App, user: User, time: MappingTime): Record<string, unknown> {
  const mapping = mappingBetween(world, user.type.id, app.id);
  if (!mapping) return {};
  const { userName: _, ...properties } = mapping.properties;
  return filled(world, app, user, properties, scopeIn(world, app, user), time);
}

/** What an app's mapping to users makes of one of its own profiles. */
export function userProfileOf(
  world: World,
  app: App,
  profile: Record<string, unknown>,
  time: MappingTime,
): Record<string, unknown> {
  const mapping = mappingBetween(world, app.id, defaultUserType(world).id);
  if (!mapping) return {};
  const others = { appuser: profile, source: profile, org: orgFacts(world), app: appFacts(app) };
  const scope = { user: {}, groupIds: [], groupNames: [], others };
  return filled(world, app, undefined, mapping.properties, scope, time);
}

/**
 * The name by which an app knows a user: by its template, else the login.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Application/#schema-applicationcredentialsusernametemplate
 */
export function appUserName(world: World, app: App, user: User): string {
  const template = app.credentials.userNameTemplate as { template?: string; userSuffix?: string } | undefined;
  const text = template?.template;
  if (!text || text === LOGIN) return user.profile.login;
  const scope = scopeIn(world, app, user);
  const read = (expression: string) => resultOf(expression.replaceAll('fn:', 'String.'), scope);
  const named = text.includes('${')
    ? text.replace(/\$\{([^}]+)\}/g, (_, expression: string) => String(read(expression) ?? ''))
    : String(read(text) ?? '');
  return named === '' ? user.profile.login : named + (template?.userSuffix ?? '');
}

const LOGIN = `\${source.login}`;

const scopeIn = (world: World, app: App, user: User): ExpressionScope =>
  scopeOf(world, user, {
    source: { ...user.profile, id: user.id },
    appuser: null,
    org: orgFacts(world),
    app: appFacts(app),
  });

const orgFacts = (world: World): Record<string, unknown> => {
  const { subdomain, companyName } = org(world);
  return { name: companyName, subDomain: subdomain };
};
const appFacts = ({ id, name, label }: App): Record<string, unknown> => ({ id, name, label });

function filled(
  world: World,
  app: App,
  user: User | undefined,
  properties: Properties,
  scope: ExpressionScope,
  time: MappingTime,
): Record<string, unknown> {
  const profile: Record<string, unknown> = {};
  for (const [name, { expression, pushStatus }] of Object.entries(properties)) {
    if (time === 'again' && pushStatus !== 'PUSH') continue;
    const value = resultOf(expression, scope);
    if (value === undefined) logInvalid(world, app, user, name);
    else if (value !== null && value !== '') profile[name] = value;
    else if (time === 'again') profile[name] = null;
  }
  return profile;
}

/** Undefined for an expression that cannot be read. */
function resultOf(expression: string, scope: ExpressionScope): unknown {
  try {
    return compileExpression(expression, (why) => new Error(why), MAPPED_FROM)(scope) ?? null;
  } catch {
    return undefined;
  }
}

function logInvalid(world: World, app: App, user: User | undefined, attribute: string): void {
  record(world, SYSTEM, {
    eventType: 'application.appuser.mapping.invalid.expression',
    displayMessage: 'Invalid mapping expression',
    severity: 'WARN',
    outcome: { result: 'FAILURE', reason: `Invalid expression for ${attribute}` },
    target: [...(user ? [userTarget(user)] : []), appTarget(app)],
  });
}
