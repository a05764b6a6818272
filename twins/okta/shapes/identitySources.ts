/** Forms of the bodies by which identity sources say who there is. */
import { body, clearable, given, listOf, object, of, type Shape, text } from '../shape.ts';

const said = clearable(text);
const person = object({
  ...{ userName: said, email: said, firstName: said, lastName: said },
  ...{ secondEmail: said, mobilePhone: said, homeAddress: said },
});
const group = object({ displayName: text, description: text });

export const IDENTITY_SOURCE_SHAPES: readonly [string, Shape][] = [
  ...of(
    body({ externalId: text, profile: person }),
    'createIdentitySourceUser',
    'replaceExistingIdentitySourceUser',
    'updateIdentitySourceUsers',
  ),
  ...of(
    body({ externalId: text, profile: group }),
    'createIdentitySourceGroups',
    'updateIdentitySourceGroups',
  ),
  ...of(body({ memberExternalId: text }), 'createIdentitySourceGroupsMemberships'),
  ...of(
    body({ entityType: text, profiles: listOf(object({ externalId: text, profile: person })) }),
    'uploadIdentitySourceDataForUpsert',
    'uploadIdentitySourceDataForDelete',
  ),
  ...of(
    body({ profiles: listOf(object({ externalId: text, profile: group })) }),
    'uploadIdentitySourceGroupsForUpsert',
  ),
  ...of(body({ externalIds: listOf(given(text)) }), 'uploadIdentitySourceGroupsDataForDelete'),
  ...of(
    body({
      memberships: listOf(object({ groupExternalId: text, memberExternalIds: listOf(given(text)) })),
    }),
    'uploadIdentitySourceGroupMembershipsForUpsert',
    'uploadIdentitySourceGroupMembershipsForDelete',
  ),
];
