/** Development information: what tools of version control tell of repositories. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import {
  ENTITY_TYPES,
  illDevelopment,
  inItsForm,
  OF_REPOSITORY,
  repositoryData,
  storeDevelopment,
} from '../model/devops/development.ts';
import { propertiesAsked, sequenceAsked } from '../model/devops/request.ts';
import { entityOf, matching, removeLater } from '../model/devops/submissions.ts';
import { softwareDoc } from './address.ts';
import { providerOf } from './devops.ts';

const docOf = (anchor: string): string => softwareDoc('development-information', `devinfo-0-10-${anchor}`);

export const developmentEndpoints = [
  endpoint(
    {
      id: 'storeDevelopmentInformation',
      route: 'POST /rest/devinfo/0.10/bulk',
      status: 202,
      doc: docOf('bulk-post'),
    },
    (call: Call) => inItsForm(() => storeDevelopment(call.world, providerOf(call), call.input)),
  ),
  endpoint(
    {
      id: 'getRepository',
      route: 'GET /rest/devinfo/0.10/repository/{repositoryId}',
      doc: docOf('repository-repositoryid-get'),
    },
    (call) => {
      const provider = providerOf(call);
      const found = entityOf(call.world, provider, 'repository', [call.params.repositoryId]);
      if (!found) throw missing('No data found for the given repository ID.');
      return repositoryData(call.world, provider, found);
    },
  ),
  endpoint(
    {
      id: 'deleteRepository',
      route: 'DELETE /rest/devinfo/0.10/repository/{repositoryId}',
      doc: docOf('repository-repositoryid-delete'),
    },
    (call) => {
      const upTo = inItsForm(() => sequenceAsked(call.query));
      const id = [call.params.repositoryId];
      removeLater(call.world, { provider: providerOf(call), kinds: OF_REPOSITORY, id, ...upTo });
      return reply({ status: 202 });
    },
  ),
  endpoint(
    {
      id: 'deleteByProperties',
      route: 'DELETE /rest/devinfo/0.10/bulkByProperties',
      doc: docOf('bulkbyproperties-delete'),
    },
    (call: Call) => {
      inItsForm(() => sequenceAsked(call.query));
      const properties = inItsForm(() => propertiesAsked(call.query));
      removeLater(call.world, { provider: providerOf(call), kinds: OF_REPOSITORY, properties });
      return reply({ status: 202 });
    },
  ),
  endpoint(
    {
      id: 'existsByProperties',
      route: 'GET /rest/devinfo/0.10/existsByProperties',
      doc: docOf('existsbyproperties-get'),
    },
    (call: Call) => {
      const upTo = inItsForm(() => sequenceAsked(call.query));
      const properties = inItsForm(() => propertiesAsked(call.query));
      const wanted = { provider: providerOf(call), kinds: OF_REPOSITORY, properties, ...upTo };
      return { hasDataMatchingProperties: matching(call.world, wanted).length > 0 };
    },
  ),
  endpoint(
    {
      id: 'deleteEntity',
      route: 'DELETE /rest/devinfo/0.10/repository/{repositoryId}/{entityType}/{entityId}',
      doc: docOf('repository-repositoryid-entitytype-entityid-delete'),
    },
    (call) => {
      const { repositoryId, entityType, entityId } = call.params;
      const kind = ENTITY_TYPES[entityType];
      if (!kind) throw illDevelopment(`Wrong entity type specified: ${entityType}.`);
      const upTo = inItsForm(() => sequenceAsked(call.query));
      const id = [repositoryId, entityId];
      removeLater(call.world, { provider: providerOf(call), kinds: [kind], id, ...upTo });
      return reply({ status: 202 });
    },
  ),
];
