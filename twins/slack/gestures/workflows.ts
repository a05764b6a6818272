/** What people do in Workflow Builder: use an app's step, offer a workflow, start it. */
import type { Gesture } from '../../../src/twin.ts';
import { cannot } from '../errors.ts';
import { execute, functionsOf, undeclared } from '../model/workflows/function.ts';
import { permissionFor } from '../model/workflows/functionPermission.ts';
import { mayUse } from '../model/workflows/named.ts';
import { newTrigger, start, workflowsOf, workflowTriggers } from '../model/workflows/workflow.ts';
import { apps, type Json } from '../world.ts';
import { appCalled, personCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const inputs = { type: 'object' } as const;
const object = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

export const workflowGestures: Readonly<Record<string, Gesture>> = {
  runFunction: {
    says: 'Runs a workflow whose step is an app’s function, by its callback id; the app hears `function_executed`.',
    input: object({ app: name, function: name, inputs }, ['app', 'function']),
    perform: (world, as, asked: { app: string; function: string; inputs?: Json }) => {
      const person = personCalled(world, as);
      const app = appCalled(world, asked.app);
      const declared = functionsOf(world, app);
      const known = declared.find((one) => one.callback_id === asked.function);
      if (!known && declared.length > 0)
        throw cannot('unknown-function', `${app.name} has no ${asked.function}`);
      if (known && !mayUse(world, person.id, app, permissionFor(world, known)))
        throw cannot('not-permitted', `${person.real_name} may not use ${asked.function}`);
      const given = asked.inputs ?? {};
      const { id } = execute(world, app, known ?? undeclared(world, app, asked.function, given), given);
      return { function_execution_id: id };
    },
  },
  offerWorkflow: {
    says: 'Makes a link that starts an app’s workflow, by its callback id.',
    input: object({ app: name, workflow: name, title: name }, ['app', 'workflow']),
    perform: (world, as, asked: { app: string; workflow: string; title?: string }) => {
      personCalled(world, as);
      const app = appCalled(world, asked.app);
      const workflow = workflowsOf(world, app).find((one) => one.callback_id === asked.workflow);
      if (!workflow) throw cannot('unknown-workflow', `${app.name} has no workflow ${asked.workflow}`);
      return { trigger: newTrigger(world, workflow, asked.title ?? workflow.title).id };
    },
  },
  startWorkflow: {
    says: 'Starts a workflow by its link.',
    input: object({ trigger: name, inputs }, ['trigger']),
    perform: (world, as, asked: { trigger: string; inputs?: Json }) => {
      const person = personCalled(world, as);
      const trigger = world.get(workflowTriggers, asked.trigger);
      const app = trigger && world.get(apps, trigger.app);
      const workflow = app && workflowsOf(world, app).find((one) => one.callback_id === trigger.workflow);
      if (!app || !workflow) throw cannot('unknown-trigger', `there is no link ${asked.trigger}`);
      if (!mayUse(world, person.id, app, trigger))
        throw cannot('not-permitted', `${person.real_name} may not start ${trigger.title}`);
      return { workflow_execution_id: start(world, workflow, { user_id: person.id, ...asked.inputs }) };
    },
  },
};
