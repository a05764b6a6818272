/** The apps that every org has from its beginning: Okta's own console, dashboard and browser plug-in. */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { apps, policies } from '../../world.ts';
import { addAppSchema } from './appSchema.ts';
import { addKey } from './signingKey.ts';

/** An own app: its catalogue name, its label (its policy is called so too), what it links to, and how it is run. */
const OWN_APPS = [
  { name: 'saasure', label: 'Okta Admin Console', link: 'admin', emOptInStatus: 'ENABLED' },
  { name: 'okta_enduser', label: 'Okta Dashboard', emOptInStatus: 'NONE' },
  { name: 'okta_browser_plugin', label: 'Okta Browser Plugin', emOptInStatus: 'NONE' },
] as const;

const KEY_CHARS = 43;

/** Puts them in; the policies that are called as they are hold for them. */
export function addOwnApps(world: World): void {
  const enrollment = world.list(policies, { index: 'type', equals: 'PROFILE_ENROLLMENT' }).first();
  for (const own of OWN_APPS) {
    const id = newId(world, '0oa');
    const kid = world.drawFor('okta.kid', id).chars(BASE64URL, KEY_CHARS);
    const now = stamp(world.now());
    const policy = world
      .list(policies, { index: 'type', equals: 'ACCESS_POLICY', where: ({ name }) => name === own.label })
      .first();
    const app = world.insert(apps, {
      id,
      name: own.name,
      label: own.label,
      status: 'ACTIVE',
      lastUpdated: now,
      created: now,
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      visibility: {
        autoSubmitToolbar: false,
        hide: { iOS: false, web: false },
        appLinks: 'link' in own ? { [own.link]: true } : {},
      },
      features: [],
      signOnMode: 'OPENID_CONNECT',
      credentials: {
        userNameTemplate: { template: `\${source.login}`, type: 'BUILT_IN' },
        signing: { kid },
      },
      universalLogout: { status: 'UNSUPPORTED' },
      settings: {
        app: {},
        notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
        manualProvisioning: false,
        implicitAssignment: false,
        emOptInStatus: own.emOptInStatus,
      },
      accessPolicy: policy?.id ?? null,
      profileEnrollment: enrollment?.id ?? null,
    });
    addKey(world, id, kid);
    addAppSchema(world, app);
  }
}
