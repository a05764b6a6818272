/** `apps.manifest.*`: apps as code, with an app configuration token. */
import type { Endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { required, text } from '../args.ts';
import { manifestOf } from '../model/apps/manifest.ts';
import { createApp, deleteApp, goodManifest, ownApp, updateApp } from '../model/apps/ownApp.ts';
import { theTeam } from '../model/people/team.ts';
import { slackUrl } from '../model/url.ts';
import type { App, Json } from '../world.ts';
import { method } from './method.ts';

const WRITING = { config: ['app_configurations:write'] };
const READING = { config: ['app_configurations:read'] };

export const manifestMethods: readonly Endpoint[] = [
  method(
    'apps.manifest.create',
    { ...WRITING, tier: 'Tier1', required: ['manifest'] },
    ({ world, actor, args }) => createdView(world, createApp(world, actor, goodManifest(args.manifest))),
  ),
  method(
    'apps.manifest.update',
    { ...WRITING, tier: 'Tier1', required: ['app_id', 'manifest'] },
    ({ world, actor, args }) => {
      const app = ownApp(world, actor, required(args, 'app_id'));
      const { permissions } = updateApp(world, app, goodManifest(args.manifest));
      return { app_id: app.id, permissions_updated: permissions };
    },
  ),
  method(
    'apps.manifest.validate',
    { ...WRITING, tier: 'Tier3', required: ['manifest'] },
    ({ world, actor, args }) => {
      const id = text(args, 'app_id');
      if (id) ownApp(world, actor, id);
      goodManifest(args.manifest);
      return { errors: [] };
    },
  ),
  method(
    'apps.manifest.export',
    { ...READING, tier: 'Tier3', required: ['app_id'] },
    ({ world, actor, args }) => ({ manifest: manifestOf(ownApp(world, actor, required(args, 'app_id'))) }),
  ),
  method(
    'apps.manifest.delete',
    { ...WRITING, tier: 'Tier1', required: ['app_id'] },
    ({ world, actor, args }) => {
      deleteApp(world, ownApp(world, actor, required(args, 'app_id')));
      return {};
    },
  ),
];

/** A new app, with its secrets and where people let it in. */
function createdView(world: World, app: App): Json {
  const { client_id, client_secret, verification_token, signing_secret } = app;
  const asks = new URLSearchParams({ client_id, scope: app.scopes.join(',') });
  if (app.user_scopes.length > 0) asks.set('user_scope', app.user_scopes.join(','));
  const { id, domain } = theTeam(world);
  return {
    app_id: app.id,
    credentials: { client_id, client_secret, verification_token, signing_secret },
    oauth_authorize_url: `${slackUrl(world)}/oauth/v2/authorize?${asks}`,
    team_id: id,
    team_domain: domain,
  };
}
