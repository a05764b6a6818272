/** `/api/v1/mappings`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  findMapping,
  findMappings,
  type Mapping,
  type MappingEnd,
  type MappingInput,
  updateMapping,
} from '../model/provisioning/mapping.ts';

const { read, manage } = family('ProfileMapping', 'profileMappings', 'other');
const MAPPING = '/api/v1/mappings/{mappingId}';

export const mappingEndpoints = [
  endpoint(
    {
      id: 'listProfileMappings',
      route: 'GET /api/v1/mappings',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['sourceId', 'targetId'] },
    },
    ({ world, query }) =>
      list(findMappings(world, query.get('sourceId'), query.get('targetId')), (one) => {
        const { properties: _, ...shown } = mappingView(world, one);
        return shown;
      }),
  ),
  endpoint({ id: 'getProfileMapping', route: `GET ${MAPPING}`, ...read }, ({ world, params }) =>
    mappingView(world, findMapping(world, params.mappingId)),
  ),
  endpoint(
    { id: 'updateProfileMapping', route: `POST ${MAPPING}`, ...manage },
    ({ world, actor, params, input }) =>
      mappingView(world, updateMapping(world, actor.who, params.mappingId, input as MappingInput)),
  ),
];

/** A mapping with the links of both ends. */
export function mappingView(world: World, mapping: Mapping) {
  return {
    id: mapping.id,
    source: endView(world, mapping.source),
    target: endView(world, mapping.target),
    properties: mapping.properties,
    _links: { self: link(world, `/api/v1/mappings/${mapping.id}`) },
  };
}

function endView(world: World, end: MappingEnd): Record<string, unknown> {
  const [self, schema] =
    end.type === 'user'
      ? [`/api/v1/meta/types/user/${end.id}`, `/api/v1/meta/schemas/user/osc${end.id.slice(3)}`]
      : [`/api/v1/apps/${end.id}`, `/api/v1/meta/schemas/apps/${end.id}/default`];
  return { ...end, _links: { self: link(world, self), schema: link(world, schema) } };
}
