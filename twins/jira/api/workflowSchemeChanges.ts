/** Workflow schemes by ids: read and changed whole, and given to projects. */
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { badFields, forbidden } from '../errors.ts';
import { may } from '../model/permissions/may.ts';
import { projectNamed } from '../model/projects/projects.ts';
import { mayAdminister } from '../model/workflows/administration.ts';
import { requiredMappings } from '../model/workflows/requiredMappings.ts';
import {
  assignScheme,
  type MappingInput,
  mappingOf,
  requireOwn,
  type SchemeUpdate,
  type SwitchInput,
  switchScheme,
  updateScheme,
} from '../model/workflows/schemeChanges.ts';
import { schemeOf } from '../model/workflows/workflowOf.ts';
import { type Project, type WorkflowScheme, workflowSchemes } from '../world.ts';
import { addressOf, caller, doc } from './address.ts';
import { taskStarted } from './tasks.ts';
import {
  ASSIGN_SCHEME,
  READ_SCHEMES,
  REQUIRED_MAPPINGS,
  SWITCH_SCHEME,
  UPDATE_SCHEME,
} from './workflowSchemeInputs.ts';
import { readSchemeView, schemeView } from './workflowSchemeViews.ts';

type Json = Record<string, unknown>;

/** The schemes of the projects that a request names, with those projects; what is not there is passed by. */
function associations(call: Call): Json[] {
  const { world } = call;
  if (!may(world, caller(call), 'ADMINISTER'))
    throw forbidden('Only Jira administrators can access workflow scheme associations.');
  const ids = call.query.getAll('projectId').flatMap((text) => text.split(','));
  if (ids.length === 0) throw badFields({ projectId: 'The ID of a project has to be provided.' });
  const byScheme = new Map<string, { scheme: WorkflowScheme; projectIds: string[] }>();
  for (const id of new Set(ids)) {
    const project = projectNamed(world, id.trim());
    if (!project || project.simplified) continue;
    const scheme = schemeOf(world, project);
    const found = byScheme.get(scheme.id) ?? { scheme, projectIds: [] };
    byScheme.set(scheme.id, { scheme, projectIds: [...found.projectIds, project.id] });
  }
  return [...byScheme.values()].map(({ scheme, projectIds }) => ({
    projectIds,
    workflowScheme: schemeView(addressOf(call), scheme),
  }));
}

/** The schemes that a request names by id or by project and the caller administers. */
function schemesRead(call: Call): WorkflowScheme[] {
  const { world } = call;
  const { projectIds, workflowSchemeIds } = call.input as {
    projectIds?: (string | null)[] | null;
    workflowSchemeIds?: (string | null)[] | null;
  };
  const projects = (projectIds ?? []).flatMap((id): Project[] => {
    const project = projectNamed(world, id ?? '');
    return project ? [project] : [];
  });
  const found = [
    ...(workflowSchemeIds ?? []).flatMap((id) => world.get(workflowSchemes, id ?? '') ?? []),
    ...projects.map((project) => schemeOf(world, project)),
  ];
  const me = caller(call);
  return [...new Set(found)].filter((one) => mayAdminister(world, me, one.scope));
}

export const workflowSchemeChangeEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getWorkflowSchemeProjectAssociations',
      route: 'GET /rest/api/3/workflowscheme/project',
      doc: doc('workflow-scheme-project-associations', 'workflowscheme-project-get'),
    },
    (call) => ({ values: associations(call) }),
  ),
  endpoint(
    {
      id: 'assignSchemeToProject',
      route: 'PUT /rest/api/3/workflowscheme/project',
      status: 204,
      input: ASSIGN_SCHEME,
      doc: doc('workflow-scheme-project-associations', 'workflowscheme-project-put'),
    },
    (call) => {
      const input = call.input as { projectId: string; workflowSchemeId?: string | null };
      assignScheme(call.world, caller(call), input);
    },
  ),
  endpoint(
    {
      id: 'switchWorkflowSchemeForProject',
      route: 'POST /rest/api/3/workflowscheme/project/switch',
      input: SWITCH_SCHEME,
      doc: doc('workflow-schemes', 'workflowscheme-project-switch-post'),
    },
    (call) => taskStarted(addressOf(call), switchScheme(call.world, caller(call), call.input as SwitchInput)),
  ),
  endpoint(
    {
      id: 'readWorkflowSchemes',
      route: 'POST /rest/api/3/workflowscheme/read',
      input: READ_SCHEMES,
      doc: doc('workflow-schemes', 'workflowscheme-read-post'),
    },
    (call) => schemesRead(call).map((one) => readSchemeView(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'updateSchemes',
      route: 'POST /rest/api/3/workflowscheme/update',
      input: UPDATE_SCHEME,
      doc: doc('workflow-schemes', 'workflowscheme-update-post'),
    },
    (call) => {
      const task = updateScheme(call.world, caller(call), call.input as SchemeUpdate);
      return task ? taskStarted(addressOf(call), task) : reply({ status: 200, body: {} });
    },
  ),
  endpoint(
    {
      id: 'getRequiredWorkflowSchemeMappings',
      route: 'POST /rest/api/3/workflowscheme/update/mappings',
      input: REQUIRED_MAPPINGS,
      doc: doc('workflow-schemes', 'workflowscheme-update-mappings-post'),
    },
    (call) => {
      const input = call.input as MappingInput;
      const scheme = requireOwn(call.world, caller(call), input.id);
      return requiredMappings(call.world, scheme, mappingOf(call.world, scheme, input));
    },
  ),
];
