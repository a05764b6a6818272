/** `/v1/openapi.json`: OpenAPI 3.1, made from the definitions that route and validate. */
import { PROBLEM_TYPE } from './problem.ts';
import { type Answer, type ControlOptions, object, type Route, type Schema } from './route.ts';

/** JSON Schema of a refusal. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: '`urn:orrery:problem:{kind}`' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: object(
        {
          pointer: { type: 'string', description: 'JSON pointer into the body; of a query, `/{parameter}`' },
          detail: { type: 'string' },
          in: { enum: ['query', 'path', 'header'] },
        },
        ['pointer', 'detail'],
      ),
    },
  },
};

/** The whole description. */
export function openApi(
  routes: readonly Route[],
  options: Pick<ControlOptions, 'publicUrl' | 'version'>,
): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    (paths[route.path] as Record<string, unknown>)[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Orrery control API',
      version: options.version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: 'Universes of digital twins: make, fork, reset, break, watch and drop them.',
    },
    servers: [{ url: options.publicUrl() || '/' }],
    security: [{ key: [] }, {}],
    tags: [...new Set(routes.map((route) => route.group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'A tenant’s or the operator’s key; none in local mode',
        },
      },
      responses: {
        Problem: {
          description: 'A refusal',
          content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function operation(route: Route): unknown {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(route.query ?? {}).map(([name, schema]) => ({ name, in: 'query', schema })),
  ];
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.group],
    ...(route.operator ? { security: [{ key: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: !route.bodyOptional,
            content: { 'application/json': { schema: route.body } },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(Object.entries(route.responses).map(([status, one]) => [status, answer(one)])),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function answer({ description, schema, media }: Answer): unknown {
  const content = {
    ...(schema ? { 'application/json': { schema } } : {}),
    ...(media ? { [media]: { schema: { type: 'string' } } } : {}),
  };
  return { description, ...(Object.keys(content).length > 0 ? { content } : {}) };
}
