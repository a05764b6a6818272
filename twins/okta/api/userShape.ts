/** What a client asks to see of a user: more by `expand`, less by `fields` and by the media type that it names. */
import type { Call } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import type { User } from '../model/people/user.ts';
import { blocksOf } from '../model/people/userLifecycle.ts';
import { classificationView } from './userClassifications.ts';

type View = Record<string, unknown>;

/** How the request wants users shown; made once per request. Throws E0000001 for `fields` that cannot be read. */
export function shapeOf({ world, query, request }: Pick<Call, 'world' | 'query' | 'request'>) {
  const expand = new Set((query.get('expand') ?? '').split(','));
  const omits = new Set(
    /okta-response="?([\w,]+)/.exec(header(request.headers, 'content-type') ?? '')?.[1]?.split(','),
  );
  const fields = query.get('fields') ? fieldsOf(query.get('fields') as string) : undefined;
  return (user: User, view: View): View => {
    const embedded = embeddedOf(world, user, expand);
    const full = { ...omitted(view, omits), ...(embedded ? { _embedded: embedded } : {}) };
    return fields ? picked(full, fields) : full;
  };
}

function embeddedOf(world: World, user: User, expand: ReadonlySet<string>): View | undefined {
  const embedded: View = {};
  if (expand.has('blocks')) embedded.blocks = blocksOf(user);
  if (expand.has('classification')) embedded.classification = classificationView(world, user);
  return Object.keys(embedded).length > 0 ? embedded : undefined;
}

const CREDENTIAL_LINKS: ReadonlySet<string> = new Set([
  ...['changePassword', 'changeRecoveryQuestion', 'forgotPassword', 'resetPassword', 'resetFactors'],
  'unlock',
]);

function omitted(view: View, omits: ReadonlySet<string>): View {
  const shown = { ...view };
  if (omits.has('omitCredentials')) delete shown.credentials;
  if (omits.has('omitCredentialsLinks'))
    shown._links = Object.fromEntries(
      Object.entries(view._links as View).filter(([name]) => !CREDENTIAL_LINKS.has(name)),
    );
  return shown;
}

/** `id,status,profile:(firstName,city)`: top-level names, and those of the profile. */
interface Fields {
  top: ReadonlySet<string>;
  profile: ReadonlySet<string> | undefined;
}

function fieldsOf(text: string): Fields {
  const match = /^([^():]*?)(?:,?\s*profile:\(([^()]*)\)\s*,?([^():]*))?$/.exec(text.trim());
  if (!match)
    throw refuse('E0000001', { args: ['fields'], causes: ['fields: The field list is not valid.'] });
  const [, before = '', profile, behind = ''] = match;
  return { top: names(`${before},${behind}`), profile: profile === undefined ? undefined : names(profile) };
}

const names = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  );

/** The id is always there. */
function picked(view: View, { top, profile }: Fields): View {
  const shown = Object.fromEntries(Object.entries(view).filter(([name]) => name === 'id' || top.has(name)));
  if (!profile) return shown;
  const attributes = Object.entries(view.profile as View).filter(([name]) => profile.has(name));
  return { ...shown, profile: Object.fromEntries(attributes) };
}
