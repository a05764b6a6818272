/** `/api/v1/identity-sources/{source}/users`, `/groups` and `/membership`: what a source says, made true at once. */
import { list, reply } from '../../../src/twin.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  addIdentityGroup,
  changeIdentityGroup,
  findIdentityGroup,
  type IdentityGroup,
  type IdentityGroupInput,
  type IdentityMember,
  joinIdentityGroup,
  membersOfIdentityGroup,
  quitIdentityGroup,
  removeIdentityGroup,
} from '../model/people/identityGroup.ts';
import {
  addIdentityUser,
  changeIdentityUser,
  findIdentityUser,
  type IdentityProfile,
  type IdentityUser,
  removeIdentityUser,
} from '../model/people/identityUser.ts';

const { read, manage } = family('IdentitySource', 'identitySources', 'other');
const SOURCE = '/api/v1/identity-sources/{identitySourceId}';
const USER = `${SOURCE}/users/{externalId}` as const;
const GROUP = `${SOURCE}/groups/{groupOrExternalId}` as const;

interface UserInput {
  externalId?: string;
  profile?: IdentityProfile;
}

export const identitySourceEndpoints = [
  endpoint(
    { id: 'createIdentitySourceUser', route: `POST ${SOURCE}/users`, ...manage },
    ({ world, actor, params, input }) => {
      addIdentityUser(world, actor.who, params.identitySourceId, input as UserInput);
      return reply({ status: 200 });
    },
  ),
  endpoint({ id: 'getIdentitySourceUser', route: `GET ${USER}`, ...read }, ({ world, params }) =>
    userView(findIdentityUser(world, params.identitySourceId, params.externalId)),
  ),
  endpoint(
    { id: 'replaceExistingIdentitySourceUser', route: `PUT ${USER}`, ...manage },
    ({ world, actor, params: { identitySourceId, externalId }, input }) =>
      userView(
        changeIdentityUser(world, actor.who, identitySourceId, externalId, input as UserInput, 'replace'),
      ),
  ),
  endpoint(
    { id: 'updateIdentitySourceUsers', route: `PATCH ${USER}`, ...manage },
    ({ world, actor, params: { identitySourceId, externalId }, input }) =>
      userView(
        changeIdentityUser(world, actor.who, identitySourceId, externalId, input as UserInput, 'merge'),
      ),
  ),
  endpoint(
    { id: 'deleteIdentitySourceUser', route: `DELETE ${USER}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      removeIdentityUser(world, actor.who, params.identitySourceId, params.externalId),
  ),
  endpoint(
    { id: 'createIdentitySourceGroups', route: `POST ${SOURCE}/groups`, ...manage },
    ({ world, actor, params, input }) =>
      groupView(addIdentityGroup(world, actor.who, params.identitySourceId, input as IdentityGroupInput)),
  ),
  endpoint({ id: 'getIdentitySourceGroup', route: `GET ${GROUP}`, ...read }, ({ world, params }) =>
    groupView(findIdentityGroup(world, params.identitySourceId, params.groupOrExternalId)),
  ),
  endpoint(
    { id: 'updateIdentitySourceGroups', route: `POST ${GROUP}`, ...manage },
    ({ world, actor, params: { identitySourceId, groupOrExternalId }, input }) =>
      groupView(
        changeIdentityGroup(
          world,
          actor.who,
          identitySourceId,
          groupOrExternalId,
          input as IdentityGroupInput,
        ),
      ),
  ),
  endpoint(
    { id: 'deleteIdentitySourceGroup', route: `DELETE ${GROUP}`, ...manage },
    ({ world, actor, params }) => {
      removeIdentityGroup(world, actor.who, params.identitySourceId, params.groupOrExternalId);
      return reply({ status: 200 });
    },
  ),
  endpoint(
    {
      id: 'getIdentitySourceGroupMemberships',
      route: `GET ${GROUP}/membership`,
      ...read,
      page: { style: 'link', key: 'memberExternalIds', default: 1_000, max: 1_000 },
    },
    ({ world, params: { identitySourceId, groupOrExternalId } }) => {
      const { id } = findIdentityGroup(world, identitySourceId, groupOrExternalId);
      const members = membersOfIdentityGroup(world, identitySourceId, id);
      return list(members, (row: IdentityMember) => row.externalId, { within: `${identitySourceId}/${id}/` });
    },
  ),
  endpoint(
    {
      id: 'createIdentitySourceGroupsMemberships',
      route: `POST ${GROUP}/membership`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params: { identitySourceId, groupOrExternalId }, input }) => {
      const { memberExternalId } = input as { memberExternalId?: string };
      joinIdentityGroup(world, actor.who, identitySourceId, groupOrExternalId, memberExternalId);
    },
  ),
  endpoint(
    {
      id: 'deleteIdentitySourceGroupMemberships',
      route: `DELETE ${GROUP}/membership/{memberExternalId}`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params: { identitySourceId, groupOrExternalId, memberExternalId } }) =>
      quitIdentityGroup(world, actor.who, identitySourceId, groupOrExternalId, memberExternalId),
  ),
];

const userView = ({ appId: _, userId: __, ...shown }: IdentityUser): Record<string, unknown> => shown;
const groupView = ({ appId: _, ...shown }: IdentityGroup): Record<string, unknown> => shown;
