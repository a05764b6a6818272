/** What the families of what tools tell have alike: told together, read and deleted one by one or by properties. */
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import type { Kind } from '../model/devops/kinds.ts';
import { propertiesAsked } from '../model/devops/request.ts';
import { entityOf, removeLater, type Submission, submit } from '../model/devops/submissions.ts';
import type { DevOpsKind } from '../world.ts';
import { softwareDoc } from './address.ts';

type Json = Record<string, unknown>;

export interface Family {
  /** `builds/0.1` */
  root: string;
  group: string;
  /** Operation ids. */
  submits: string;
  deletesByProperty: string;
  /** The kinds that a request's list may be of: the first unless it has the list of another. */
  kinds: readonly Kind[];
  parts: readonly Part[];
  /** The answer to a submission. */
  answer(submission: Submission): Json;
}

/** One kind's path, and the operations on one of it. */
export interface Part {
  kind: DevOpsKind;
  /** `pipelines/{pipelineId}/builds/{buildNumber}` */
  path: string;
  gets: string;
  deletes: string;
}

/** The app that asks; ids are unique for one app. */
export const providerOf = (call: Call): string => call.actor?.app ?? '';

/** The id in a path, part by part. */
export const idIn = (call: Call, path: string): string[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => call.params[name as string] ?? '');

export const messages = (errors: readonly string[]): Json[] => errors.map((message) => ({ message }));

/** `{id: [{message}]}`, as families with ids of one part list what they reject. */
export const byId = ({ rejected }: Submission): Json =>
  Object.fromEntries(rejected.map(({ data, errors }) => [String(data.id), messages(errors)]));

export const idsOf = ({ accepted }: Submission): string[] => accepted.map(({ id }) => String(id));

/** All the endpoints of a family. */
export function familyEndpoints({ root, group, kinds, parts, ...ids }: Family): Endpoint[] {
  const docOf = (path: string, method: string) =>
    softwareDoc(
      group,
      `${`${root}/${path}`.replace(/[/.{}]+/g, '-').replace(/-+$/, '')}-${method}`.toLowerCase(),
    );
  const at = (path: string) => `/rest/${root}/${path}`;
  return [
    endpoint(
      { id: ids.submits, route: `POST ${at('bulk')}`, status: 202, doc: docOf('bulk', 'post') },
      (call: Call) => {
        const kind = kinds.find(({ list }) => Object.hasOwn(Object(call.input), list)) ?? (kinds[0] as Kind);
        return ids.answer(submit(call.world, providerOf(call), kind, call.input));
      },
    ),
    endpoint(
      {
        id: ids.deletesByProperty,
        route: `DELETE ${at('bulkByProperties')}`,
        doc: docOf('bulkByProperties', 'delete'),
      },
      (call: Call) => {
        const properties = propertiesAsked(call.query);
        removeLater(call.world, {
          provider: providerOf(call),
          kinds: kinds.map(({ kind }) => kind),
          properties,
        });
        return reply({ status: 202 });
      },
    ),
    ...parts.flatMap((part) => partEndpoints(part, at(part.path), (method) => docOf(part.path, method))),
  ];
}

function partEndpoints(
  { kind, path, gets, deletes }: Part,
  at: string,
  docOf: (m: string) => string,
): Endpoint[] {
  return [
    endpoint({ id: gets, route: `GET ${at}`, doc: docOf('get') }, (call: Call) => {
      const found = entityOf(call.world, providerOf(call), kind, idIn(call, path));
      if (!found) throw missing('No data found for the given ID.');
      return found.data;
    }),
    endpoint({ id: deletes, route: `DELETE ${at}`, doc: docOf('delete') }, (call: Call) => {
      removeLater(call.world, { provider: providerOf(call), kinds: [kind], id: idIn(call, path) });
      return reply({ status: 202 });
    }),
  ];
}
