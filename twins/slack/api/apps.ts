/** `apps.*` beside manifests and datastores: who hears of an event, icons, accounts elsewhere, managed apps. */
import type { Endpoint } from '../../../src/twin.ts';
import { flag, limit, required, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { invalidArguments, refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { appOf } from '../model/apps/app.ts';
import { externalToken, forgetAccounts } from '../model/apps/externalAccount.ts';
import { ownApp, setIcon } from '../model/apps/ownApp.ts';
import { setConnection } from '../model/apps/userConnection.ts';
import { audienceOf } from '../model/events/audience.ts';
import { apps, users } from '../world.ts';
import { both, method } from './method.ts';

export const appMethods: readonly Endpoint[] = [
  method(
    'apps.event.authorizations.list',
    { app: ['authorizations:read'], tier: 'SpecialTier', required: ['event_context'] },
    ({ world, actor, args }) => {
      const all = audienceOf(world, appOf(world, actor), required(args, 'event_context'));
      const after = opened(args, 'user');
      const rest = after === undefined ? all : all.slice(all.findIndex((one) => one.user_id === after) + 1);
      const shown = rest.slice(0, limit(args, 100, LIST_LIMIT_MAX));
      const last = shown.at(-1);
      const cursor = last && shown.length < rest.length ? sealed('user', last.user_id) : '';
      return { authorizations: shown, response_metadata: { next_cursor: cursor } };
    },
  ),
  method(
    'apps.icon.set',
    {
      user: ['app_configurations:write'],
      config: ['app_configurations:write'],
      tier: 'Tier1',
      required: ['app_id'],
    },
    ({ world, actor, args, call }) => {
      const app = ownApp(world, actor, required(args, 'app_id'), 'invalid_app');
      const file = call.body.files?.find((one) => one.name === 'file');
      setIcon(world, app, file?.bytes, text(args, 'url'));
      return {};
    },
  ),
  method('apps.auth.external.get', { ...both(), tier: 'Tier3', required: ['external_token_id'] }, (call) => {
    const { world, actor, args } = call;
    const id = required(args, 'external_token_id');
    const force = flag(args, 'force_refresh');
    return { external_token: externalToken(world, appOf(world, actor), id, force) };
  }),
  method('apps.auth.external.delete', { ...both(), tier: 'Tier4' }, ({ world, actor, args }) => {
    const named = text(args, 'app_id');
    if (named !== undefined && !world.get(apps, named)) throw refuse('app_not_found');
    if (named !== undefined && named !== actor.app) throw refuse('invalid_auth');
    const id = text(args, 'external_token_id');
    forgetAccounts(world, appOf(world, actor), { id, provider: text(args, 'provider_key') });
    return {};
  }),
  method(
    'apps.user.connection.update',
    {
      bot: ['users:write'],
      user: ['users:write'],
      tier: 'Tier2',
      required: ['user_id', 'status'],
    },
    ({ world, actor, args }) => {
      const status = required(args, 'status');
      if (status !== 'connected' && status !== 'disconnected')
        throw invalidArguments([
          'must be a valid enum value: connected, disconnected [json-pointer:/status]',
        ]);
      const user = world.require(users, required(args, 'user_id'), () => refuse('user_not_found'));
      setConnection(world, appOf(world, actor), user, status);
      return {};
    },
  ),
  method(
    'apps.managed.permissions.set',
    { config: ['app_configurations:write'], tier: 'Tier2', required: ['app_id', 'permissions'] },
    ({ world, args }) => {
      if (!/^(everyone|app_owner)$/.test(required(args, 'permissions')))
        throw invalidArguments([
          'must be a valid enum value: everyone, app_owner [json-pointer:/permissions]',
        ]);
      const app = world.get(apps, required(args, 'app_id'));
      if (!app || app.deleted) throw refuse('app_not_found');
      // Managers of apps are partner platforms' on Enterprise Grid: no app here has one.
      throw refuse('app_not_managed');
    },
  ),
];
