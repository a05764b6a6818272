/** Templates that people made of projects, and projects of templates that are sent along. */
import { type Call, endpoint } from '../../../src/twin.ts';
import {
  type EditTemplateInput,
  editTemplate,
  removeTemplate,
  type SaveTemplateInput,
  saveTemplate,
  templateFor,
} from '../model/projects/customTemplates.ts';
import { requirePayload, type TemplatePayload } from '../model/projects/templatePayload.ts';
import { startTask } from '../model/site/tasks.ts';
import type { CustomTemplate } from '../world.ts';
import { addressOf, doc } from './address.ts';
import { privileged } from './askers.ts';
import { body, flag, listOf, oneOf, part, rowId, text, whole } from './shapes.ts';
import { taskStarted } from './tasks.ts';

type Json = Record<string, unknown>;

const GROUP = 'project-templates';
const PATH = '/rest/api/3/project-template';

const OPTIONS = part({ enableScreenDelegatedAdminSupport: flag, enableWorkflowDelegatedAdminSupport: flag });

const keyView = ({ key, uuid }: CustomTemplate): Json => ({ projectTemplateKey: { key, uuid } });

const view = (template: CustomTemplate): Json => ({
  ...keyView(template),
  name: template.name,
  description: template.description,
  type: template.type,
  templateGenerationOptions: template.options,
  ...(template.type === 'LIVE' ? { liveTemplateProjectIdReference: Number(template.projectId) } : {}),
  ...(template.snapshot ? { snapshotTemplate: template.snapshot } : {}),
});

const PAYLOAD = body({
  details: part({
    key: text,
    name: text,
    description: text,
    leadAccountId: text,
    url: text,
    assigneeType: oneOf('PROJECT_LEAD', 'UNASSIGNED'),
    avatarId: rowId,
    categoryId: rowId,
  }),
  template: part({
    project: part({ projectTypeKey: oneOf('software', 'business', 'service_desk', 'product_discovery') }),
    scope: part({ type: oneOf('GLOBAL', 'PROJECT') }),
    issueType: part({
      issueTypes: listOf(part({ name: text, description: text, hierarchyLevel: whole, avatarId: whole })),
    }),
    workflow: part({
      statuses: listOf(
        part({ name: text, description: text, statusCategory: oneOf('TODO', 'IN_PROGRESS', 'DONE') }),
      ),
    }),
  }),
});

export const projectTemplateEndpoints = [
  endpoint(
    {
      id: 'createProjectWithCustomTemplate',
      route: `POST ${PATH}`,
      input: PAYLOAD,
      doc: doc(GROUP, 'project-template-post'),
    },
    (call) => {
      const submitter = privileged(call);
      const payload = call.input as TemplatePayload;
      requirePayload(call.world, payload);
      const description = `Create project ${payload.details?.key ?? ''}`;
      const task = { description, submitter, work: 'createProject', input: { ...payload } };
      return taskStarted(addressOf(call), startTask(call.world, task));
    },
  ),
  endpoint(
    {
      id: 'editTemplate',
      route: `PUT ${PATH}/edit-template`,
      input: body({
        templateKey: text,
        templateName: text,
        templateDescription: text,
        templateGenerationOptions: OPTIONS,
      }),
      doc: doc(GROUP, 'project-template-edit-template-put'),
    },
    (call) => {
      privileged(call);
      return view(editTemplate(call.world, call.input as EditTemplateInput));
    },
  ),
  endpoint(
    {
      id: 'liveTemplate',
      route: `GET ${PATH}/live-template`,
      doc: doc(GROUP, 'project-template-live-template-get'),
    },
    (call) => {
      privileged(call);
      return view(templateFor(call.world, call.query.get('templateKey'), call.query.get('projectId')));
    },
  ),
  endpoint(
    {
      id: 'removeTemplate',
      route: `DELETE ${PATH}/remove-template`,
      doc: doc(GROUP, 'project-template-remove-template-delete'),
    },
    (call: Call) => {
      privileged(call);
      removeTemplate(call.world, call.query.get('templateKey') ?? '');
      return {};
    },
  ),
  endpoint(
    {
      id: 'saveTemplate',
      route: `POST ${PATH}/save-template`,
      input: body({
        templateName: text,
        templateDescription: text,
        templateFromProjectRequest: part({
          projectId: rowId,
          templateType: oneOf('LIVE', 'SNAPSHOT'),
          templateGenerationOptions: OPTIONS,
        }),
      }),
      doc: doc(GROUP, 'project-template-save-template-post'),
    },
    (call) => {
      privileged(call);
      return keyView(saveTemplate(call.world, call.input as SaveTemplateInput));
    },
  ),
];
