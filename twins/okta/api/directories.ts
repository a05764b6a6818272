/** `/api/v1/directories`: groups of directories on the customer's own premises, which agents change and read. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  changeDirectoryGroup,
  type DirectoryGroupChange,
  queryDirectoryGroup,
  queryResult,
} from '../model/people/directory.ts';

const { read, manage } = family('DirectoriesIntegration', 'directories.groups', 'other');
const GROUPS = '/api/v1/directories/{appInstanceId}/groups';

export const directoryEndpoints = [
  endpoint(
    { id: 'updateGroupMembership', route: `POST ${GROUPS}/modify`, ...manage },
    ({ world, params, input }) =>
      changeDirectoryGroup(world, params.appInstanceId, input as DirectoryGroupChange),
  ),
  endpoint(
    { id: 'submitGroupAttributeQuery', route: `POST ${GROUPS}/{groupId}/query`, ...read, status: 202 },
    ({ world, params, input }) =>
      queryDirectoryGroup(
        world,
        params.appInstanceId,
        params.groupId,
        input as { attributes?: readonly string[] },
      ),
  ),
  endpoint(
    { id: 'getGroupAttributeQueryResult', route: `GET ${GROUPS}/{groupId}/query/{resultId}`, ...read },
    ({ world, params }) => queryResult(world, params.appInstanceId, params.resultId),
  ),
];
