/** Labels that issues have. */
import { endpoint, list } from '../../../src/twin.ts';
import { labelsInUse } from '../model/issues/labels.ts';
import { doc } from './address.ts';
import { rangeOf } from './meta.ts';

export const labelEndpoints = [
  endpoint(
    {
      id: 'getAllLabels',
      route: 'GET /rest/api/3/label',
      page: { style: 'values', default: 1_000, max: 1_000 },
      doc: doc('labels', 'label-get'),
    },
    (call) => list(rangeOf(labelsInUse(call.world).map((label) => ({ label }))), ({ label }) => label),
  ),
];
