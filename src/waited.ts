/**
 * The work of one request in transactions, and the programs that it waits for in between: those that it asks in its
 * midst (`World.ask`) and those that it calls before it goes on (`callOut`).
 */
import { ASKED_MAX, Asked } from './asked.ts';
import type { Batch } from './batch.ts';
import { type Call, CallOut } from './twin.ts';
import type { Universe } from './universe.ts';
import type { WireReply } from './wire.ts';
import { World } from './world/world.ts';

/** A call whose world is another one in each transaction. */
type OpenCall = Omit<Call, 'world'> & { world: World };

/** What a request comes to when it waits for no program. */
type Done = WireReply | Batch;
type Worked = Done | CallOut;

/** Calls out of one request: a code for tokens, the keys that signed them, the person's data. */
const CALL_OUTS_MAX = 4;

/** The reply that `run` makes of what `work` returns. A promise only where a program is waited for. */
export function waited(
  universe: Universe,
  call: OpenCall,
  run: (value: unknown) => Worked,
  work: () => unknown,
): Done | Promise<Done> {
  const first = worked(universe, call, () => run(work()));
  if (first instanceof Promise) return first.then((value) => resumed(universe, call, run, value));
  return first instanceof CallOut ? resumed(universe, call, run, first) : first;
}

/** What `work` comes to in a transaction of its own; where it asks a program, it is begun anew with the answer. */
function worked(
  universe: Universe,
  call: OpenCall,
  work: (world: World) => Worked,
): Worked | Promise<Worked> {
  try {
    return universe.transact(call.world, work);
  } catch (error) {
    if (!(error instanceof Asked)) throw error;
    return answered(universe, call, error).then(() => worked(universe, call, work));
  }
}

/** Calls the program that was asked; the world to come knows what it answered. */
async function answered(universe: Universe, call: OpenCall, { question, request }: Asked): Promise<void> {
  const { twin, behind } = call.world;
  if (!behind || behind.answers.size === ASKED_MAX) throw new Error(`${call.endpoint.id} asks without end`);
  const answers = new Map(behind.answers).set(question, await universe.callOut(twin, request));
  call.world = new World(universe, twin, call.request.base, { ...behind, answers });
}

/** Calls the programs that the answer depends on, one after the other, and goes on in a new transaction each time. */
async function resumed(
  universe: Universe,
  call: OpenCall,
  run: (value: unknown) => Worked,
  first: Worked,
): Promise<Done> {
  let next = first;
  for (let nth = 0; next instanceof CallOut; nth++) {
    if (nth === CALL_OUTS_MAX) throw new Error(`more than ${CALL_OUTS_MAX} calls out of one request`);
    const { request, resume } = next;
    const outcome = await universe.callOut(call.world.twin, request);
    call.world = new World(universe, call.world.twin, call.request.base, call.world.behind);
    next = await worked(universe, call, (world) => run(resume(world, outcome)));
  }
  return next;
}
