/** `/api/v1/telephony-providers`. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createTelephonyProvider,
  deleteTelephonyProvider,
  findTelephonyProvider,
  makePrimary,
  setTelephonyProviderStatus,
  type TelephonyProviderInput,
  testTelephonyProvider,
  updateTelephonyProvider,
} from '../model/mail/telephonyProvider.ts';
import { telephonyProviders } from '../world/delivery.ts';

const { read, manage } = family('CustomTelephonyProvider', 'customTelephonyProvider', 'other');
const ALL = '/api/v1/telephony-providers';
const ONE = `${ALL}/{customTelephonyProviderId}` as const;

export const telephonyProviderEndpoints = [
  endpoint({ id: 'listAllCustomTelephonyProviderCredentials', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world.list(telephonyProviders).toArray(),
  ),
  endpoint(
    { id: 'createCustomTelephonyProviderCredentials', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, input }) => createTelephonyProvider(world, input as TelephonyProviderInput),
  ),
  endpoint(
    { id: 'getCustomTelephonyProviderCredential', route: `GET ${ONE}`, ...read },
    ({ world, params }) => findTelephonyProvider(world, params.customTelephonyProviderId),
  ),
  endpoint(
    { id: 'updateCustomTelephonyProviderCredential', route: `PATCH ${ONE}`, ...manage },
    ({ world, params, input }) =>
      updateTelephonyProvider(world, params.customTelephonyProviderId, input as TelephonyProviderInput),
  ),
  endpoint(
    { id: 'deleteCustomTelephonyProviderCredential', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, params }) => deleteTelephonyProvider(world, params.customTelephonyProviderId),
  ),
  endpoint(
    { id: 'activateCustomTelephonyCredential', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, params }) => setTelephonyProviderStatus(world, params.customTelephonyProviderId, true),
  ),
  endpoint(
    { id: 'deactivateCustomTelephonyCredential', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, params }) => setTelephonyProviderStatus(world, params.customTelephonyProviderId, false),
  ),
  endpoint(
    { id: 'setAsPrimaryCustomTelephonyCredential', route: `POST ${ONE}/setAsPrimary`, ...manage },
    ({ world, params }) => makePrimary(world, params.customTelephonyProviderId),
  ),
  endpoint(
    { id: 'sendTestCustomTelephonyProviderCredential', route: `POST ${ONE}/test`, ...manage, status: 204 },
    ({ world, actor, params, input }) =>
      testTelephonyProvider(
        world,
        actor.who,
        params.customTelephonyProviderId,
        input as Record<string, string>,
      ),
  ),
];
