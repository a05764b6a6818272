/** Features that an org may turn on by itself before everybody has them; some need others. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { features } from '../../world/admin.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A feature in the vendor's shape, less links; `needs` names the features that it cannot be without. */
export interface Feature {
  id: string;
  type: 'self-service';
  status: 'ENABLED' | 'DISABLED';
  name: string;
  description: string;
  /** A production cell, as this org's, has no betas that it could turn on. */
  stage: { value: 'EA' };
  helpDoc?: string;
  devDoc?: string;
  needs: readonly string[];
}

/** With this one, mails may be worded in any language, and parts that are left out come from the default wording. */
export const CUSTOM_LANGUAGES = 'Custom languages for Okta Email Templates';
const CODE_EDITOR = 'Full-featured code editor';

type Planted = Pick<Feature, 'name' | 'description'> & Partial<Feature>;

/** What a new org may have early. */
const CATALOGUE: readonly Planted[] = [
  {
    name: 'Enable Custom Admin Roles for Inline Hooks and Event Hooks',
    description:
      'Create custom admin roles with granular permissions to view and manage Inline Hooks and Event Hooks.',
    helpDoc: 'https://help.okta.com/okta_help.htm?type=oie&locale=en&id=csh-about-role-permissions',
  },
  {
    name: 'Native to Web SSO',
    description: 'A session of a native app goes on in a web app without another sign-in.',
    helpDoc: 'https://help.okta.com/okta_help.htm?type=oie&locale=en&id=apps-native-to-web',
    devDoc:
      'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationInterclientTrustMappings/',
  },
  {
    name: CODE_EDITOR,
    description:
      'Edit email templates, the sign-in page and the error page with a full-featured code editor.',
    helpDoc: 'https://help.okta.com/okta_help.htm?type=oie&locale=en&id=ext-branding-code-editor',
  },
  {
    name: CUSTOM_LANGUAGES,
    description: 'Customize email templates in any BCP47 language, not only in those that Okta supports.',
    needs: [CODE_EDITOR],
  },
];

/** Puts the features in, all of them off. */
export function addFeatures(world: World): void {
  for (const one of CATALOGUE)
    world.insert(features, {
      id: newId(world, 'ftr'),
      type: 'self-service',
      status: 'DISABLED',
      stage: { value: 'EA' },
      needs: [],
      ...one,
    });
}

/** The feature with this id, or E0000007. */
export const findFeature = (world: World, id: string): Feature =>
  world.require(features, id, () => notFound(id, 'Feature'));

/** Whether the org has turned a feature on. */
export const featureIsOn = (world: World, name: string): boolean =>
  world.list(features, { where: (one) => one.name === name }).first()?.status === 'ENABLED';

/** The features that one needs. */
export function dependenciesOf(world: World, id: string): Feature[] {
  const { needs } = findFeature(world, id);
  return world.list(features, { where: (one) => needs.includes(one.name) }).toArray();
}

/** The features that need one. */
export function dependentsOf(world: World, id: string): Feature[] {
  const { name } = findFeature(world, id);
  return world.list(features, { where: (one) => one.needs.includes(name) }).toArray();
}

/**
 * Turns a feature on or off; by `force`, those that it needs, or that need it, go along. Throws E0000001 for another
 * word, E0000141 where others stand against it.
 */
export function turnFeature(world: World, who: Who, id: string, lifecycle: string, force: boolean): Feature {
  const feature = findFeature(world, id);
  if (lifecycle !== 'ENABLE' && lifecycle !== 'DISABLE')
    throw invalid('lifecycle', 'lifecycle: The lifecycle must be ENABLE or DISABLE');
  const status = `${lifecycle}D` as const;
  if (feature.status === status) return feature;
  const related = lifecycle === 'ENABLE' ? dependenciesOf(world, id) : dependentsOf(world, id);
  const against = related.filter((one) => one.status !== status);
  if (against.length > 0 && !force) throw refuse('E0000141');
  for (const one of against) turnFeature(world, who, one.id, lifecycle, force);
  const row = world.update(features, id, { status });
  const thing = { id, type: 'Feature', name: row.name };
  recordChange(world, who, `system.feature.${lifecycle.toLowerCase()}`, 'Feature changed', thing);
  return row;
}
