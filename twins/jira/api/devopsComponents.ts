/** Components that tools tell of: services, libraries and whatever else a system is made of. */
import { COMPONENT } from '../model/devops/kinds.ts';
import { byId, familyEndpoints, idsOf } from './devops.ts';

export const devopsComponentEndpoints = familyEndpoints({
  root: 'devopscomponents/1.0',
  group: 'devops-components',
  submits: 'submitComponents',
  deletesByProperty: 'deleteComponentsByProperty',
  kinds: [COMPONENT],
  parts: [
    {
      kind: 'component',
      path: 'devopscomponents/{componentId}',
      gets: 'getComponentById',
      deletes: 'deleteComponentById',
    },
  ],
  answer: (submission) => ({
    acceptedComponents: idsOf(submission),
    failedComponents: byId(submission),
    unknownProjectKeys: [],
  }),
});
