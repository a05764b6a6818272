/** How the site tracks time: the provider, and how working time is counted. */
import { endpoint } from '../../../src/twin.ts';
import {
  PROVIDERS,
  selectProvider,
  setTimeTracking,
  timeTrackingOf,
  trackingOptions,
} from '../model/issues/timeTracking.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { bodyObject, caller, doc } from './address.ts';

const GROUP = 'time-tracking';
const ROOT = '/rest/api/3/configuration/timetracking';

export const timeTrackingEndpoints = [
  endpoint(
    {
      id: 'getSelectedTimeTrackingImplementation',
      route: `GET ${ROOT}`,
      doc: doc(GROUP, 'configuration-timetracking-get'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      const { provider } = timeTrackingOf(call.world);
      return PROVIDERS.find((one) => one.key === provider);
    },
  ),
  endpoint(
    {
      id: 'selectTimeTrackingImplementation',
      route: `PUT ${ROOT}`,
      status: 204,
      input: { type: 'object', properties: { key: { type: 'string', minLength: 1 } }, required: ['key'] },
      doc: doc(GROUP, 'configuration-timetracking-put'),
    },
    (call) => selectProvider(call.world, caller(call), String(bodyObject(call).key)),
  ),
  endpoint(
    {
      id: 'getAvailableTimeTrackingImplementations',
      route: `GET ${ROOT}/list`,
      doc: doc(GROUP, 'configuration-timetracking-list-get'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      return PROVIDERS;
    },
  ),
  endpoint(
    {
      id: 'getSharedTimeTrackingConfiguration',
      route: `GET ${ROOT}/options`,
      doc: doc(GROUP, 'configuration-timetracking-options-get'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      return trackingOptions(timeTrackingOf(call.world));
    },
  ),
  endpoint(
    {
      id: 'setSharedTimeTrackingConfiguration',
      route: `PUT ${ROOT}/options`,
      input: {
        type: 'object',
        additionalProperties: false,
        properties: {
          defaultUnit: { enum: ['minute', 'hour', 'day', 'week'] },
          timeFormat: { enum: ['pretty', 'days', 'hours'] },
          workingDaysPerWeek: { type: 'number' },
          workingHoursPerDay: { type: 'number' },
        },
        required: ['defaultUnit', 'timeFormat', 'workingDaysPerWeek', 'workingHoursPerDay'],
      },
      doc: doc(GROUP, 'configuration-timetracking-options-put'),
    },
    (call) => {
      setTimeTracking(call.world, caller(call), bodyObject(call) as never);
      return trackingOptions(timeTrackingOf(call.world));
    },
  ),
];
