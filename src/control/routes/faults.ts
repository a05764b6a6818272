/** What goes wrong on purpose: a universe's faults, and the catalogue of kinds and presets. */
import { FAULT_KINDS } from '../../faults/index.ts';
import type { FaultText } from '../../preset.ts';
import { faultDocument, readFaults } from '../faults.ts';
import { missing } from '../problem.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'faults';
const all = '/v1/universes/{universe}/faults';
const one = `${all}/{fault}`;
const list = { description: 'active faults, in the order in which they act', schema: schema.faultList };
const fault = {
  description: 'the fault; or, of a preset, all that it put in',
  schema: {
    anyOf: [
      schema.faultDocument,
      object({ preset: schema.label, faults: schema.faultList.properties }, ['preset']),
    ],
  },
};

/** The calls of this group. */
export const faultRoutes: readonly Route[] = [
  route(
    {
      id: 'faultCatalogue',
      method: 'GET',
      path: '/v1/faults',
      summary: 'The kinds of fault with their parameters, and the presets of every twin',
      group,
      responses: {
        200: {
          description: 'kinds and presets',
          schema: object({
            kinds: { type: 'array', items: object({ kind: schema.label, says: schema.label, params: {} }) },
            presets: {
              type: 'array',
              items: object({ preset: schema.label, twin: schema.label, faults: {} }),
            },
          }),
        },
      },
    },
    ({ registry }) => ({
      kinds: [...FAULT_KINDS.values()].map(({ kind, says, params }) => ({ kind, says, params })),
      presets: [...registry.twins.values()].flatMap(({ twin }) =>
        Object.entries(twin.presets).map(([preset, faults]) => ({ preset, twin: twin.name, faults })),
      ),
    }),
  ),
  route(
    {
      id: 'listFaults',
      method: 'GET',
      path: all,
      summary: 'Active faults, with how often each was seen and has hit',
      group,
      responses: { 200: list },
    },
    ({ universe }) => ({ faults: universe.faults.active.map(faultDocument) }),
  ),
  route(
    {
      id: 'getFault',
      method: 'GET',
      path: one,
      summary: 'Read one fault',
      group,
      responses: { 200: { description: 'the fault', schema: schema.faultDocument } },
    },
    ({ universe, params }) => {
      const found = universe.faults.active.find((active) => active.id === params.fault);
      if (!found) throw missing(`${universe.id} has no fault ${params.fault}`);
      return faultDocument(found);
    },
  ),
  route<FaultText>(
    {
      id: 'addFault',
      method: 'POST',
      path: all,
      summary: 'Put a fault in, by kind or by preset',
      group,
      body: schema.faultInput,
      responses: { 201: fault },
    },
    ({ universe, body }) => {
      const already = universe.faults.active;
      const read = readFaults([body], universe.twins, { single: true, already });
      return added(
        body,
        read.map((input) => faultDocument(universe.addFault(input))),
      );
    },
  ),
  route<{ faults: FaultText[] }>(
    {
      id: 'replaceFaults',
      method: 'PUT',
      path: all,
      summary: 'Have these faults and no others',
      group,
      body: object({ faults: schema.faultInputs }, ['faults']),
      responses: { 200: list },
    },
    ({ universe, body }) => {
      const read = readFaults(body.faults, universe.twins, { at: '/faults' });
      for (const active of universe.faults.active) universe.removeFault(active.id);
      return { faults: read.map((input) => faultDocument(universe.addFault(input))) };
    },
  ),
  route<FaultText>(
    {
      id: 'putFault',
      method: 'PUT',
      path: one,
      summary: 'Put a fault in under this id, in the place of the one that has it',
      group,
      body: schema.faultInput,
      responses: { 200: fault },
    },
    ({ universe, params, body }) => {
      const id = params.fault as string;
      const already = universe.faults.active.filter((active) => !belongs(active.id, id));
      const read = readFaults([{ ...body, id }], universe.twins, { single: true, already });
      for (const active of universe.faults.active)
        if (belongs(active.id, id)) universe.removeFault(active.id);
      return added(
        body,
        read.map((input) => faultDocument(universe.addFault(input))),
      );
    },
  ),
  route(
    {
      id: 'removeFault',
      method: 'DELETE',
      path: one,
      summary: 'Lift a fault',
      group,
      responses: { 204: { description: 'it is lifted' } },
    },
    ({ universe, params }) => {
      if (!universe.removeFault(params.fault as string))
        throw missing(`${universe.id} has no fault ${params.fault}`);
    },
  ),
  route(
    {
      id: 'clearFaults',
      method: 'DELETE',
      path: all,
      summary: 'Lift all faults',
      group,
      responses: { 204: { description: 'they are lifted' } },
    },
    ({ universe }) => {
      for (const active of universe.faults.active) universe.removeFault(active.id);
    },
  ),
];

/** A preset of several faults, put in under an id, has that id with a number behind it. */
const belongs = (active: string, id: string): boolean =>
  active === id || (active.startsWith(`${id}-`) && /^\d+$/.test(active.slice(id.length + 1)));

function added(text: FaultText, faults: readonly ReturnType<typeof faultDocument>[]): unknown {
  const [only] = faults;
  return text.preset === undefined && only ? only : { preset: text.preset, faults };
}
