/** The forms of bodies about administrators. */
import { body, listOf, named, object, of, optional, text } from '../shape.ts';

const texts = listOf(text);
const assignment = body({ type: text, role: text, 'resource-set': text });
const customRole = body({ label: text, description: text, permissions: texts });
const attributes = named(texts);
const permission = optional(body({ conditions: object({ include: attributes, exclude: attributes }) }));
const resourceSet = body({ label: text, description: text, resources: texts });
const resource = body({
  resourceOrnOrUrl: text,
  conditions: object({ Exclude: object({ 'okta:ORN': texts }) }),
});

const entitlement = object({ role: text, targets: texts, resourceSets: texts });
const bundle = body({ name: text, description: text, entitlements: listOf(entitlement) });

export const ADMIN_SHAPES = [
  ...of(assignment, 'assignRoleToUser', 'assignRoleToGroup', 'assignRoleToClient'),
  ...of(customRole, 'createRole', 'replaceRole'),
  ...of(permission, 'createRolePermission', 'replaceRolePermission'),
  ...of(resourceSet, 'createResourceSet', 'replaceResourceSet'),
  ...of(resource, 'addResourceSetResource', 'replaceResourceSetResource'),
  ...of(body({ additions: texts }), 'addResourceSetResources', 'addMembersToBinding'),
  ...of(body({ role: text, members: texts }), 'createResourceSetBinding'),
  ...of(bundle, 'createGovernanceBundle', 'replaceGovernanceBundle'),
];
