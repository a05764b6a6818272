/** What is set of one project: its features, its mails' sender, the level of its data; and its levels of types. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { HIERARCHY_NAMES } from '../model/defaults.ts';
import { CLASSIFICATION_LEVELS, classify, levelById } from '../model/projects/classification.ts';
import { featuresOf, toggleFeature } from '../model/projects/features.ts';
import { senderOf, setProjectEmail, statusOfEmail } from '../model/projects/projectEmail.ts';
import { issueTypesOf } from '../model/projects/projects.ts';
import type { IssueType, Project } from '../world.ts';
import { type Address, addressOf, doc, listParameter } from './address.ts';
import { orderedBy } from './ordering.ts';
import { administers, projectAt, projectIn } from './projectAt.ts';
import { body, listOf, text } from './shapes.ts';

type Json = Record<string, unknown>;

const byId = (call: Call): Project => projectAt(call, call.params.projectId as string);

/** The project of a path, which the caller administers. */
function administered(call: Call, project: Project): Project {
  administers(call, project);
  return project;
}

const featureList = (at: Address, project: Project): Json => ({
  features: featuresOf(project).map(({ key, name, description, prerequisites, state, locked }) => ({
    projectId: Number(project.id),
    state,
    toggleLocked: locked,
    feature: key,
    prerequisites,
    localisedName: name,
    localisedDescription: description,
    imageUri: `${at.site}/images/features/${key}.svg`,
  })),
});

const CLASSIFICATION = 'project/{projectIdOrKey}/classification-level/default';

export const projectSettingEndpoints = [
  endpoint(
    {
      id: 'getFeaturesForProject',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/features',
      doc: doc('project-features', 'project-projectidorkey-features-get'),
    },
    (call) => featureList(addressOf(call), administered(call, projectIn(call))),
  ),
  endpoint(
    {
      id: 'toggleFeatureForProject',
      route: 'PUT /rest/api/3/project/{projectIdOrKey}/features/{featureKey}',
      input: body({ state: text }),
      doc: doc('project-features', 'project-projectidorkey-features-featurekey-put'),
    },
    (call) => {
      const project = administered(call, projectIn(call));
      const { state } = call.input as { state?: string | null };
      return featureList(addressOf(call), toggleFeature(call.world, project, call.params.featureKey, state));
    },
  ),
  endpoint(
    {
      id: 'getProjectEmail',
      route: 'GET /rest/api/3/project/{projectId}/email',
      doc: doc('project-email', 'project-projectid-email-get'),
    },
    (call) => {
      const project = byId(call);
      return {
        emailAddress: senderOf(call.world, project),
        emailAddressStatus: statusOfEmail(call.world, project),
      };
    },
  ),
  endpoint(
    {
      id: 'updateProjectEmail',
      route: 'PUT /rest/api/3/project/{projectId}/email',
      status: 204,
      input: body({ emailAddress: text, emailAddressStatus: listOf(text) }),
      doc: doc('project-email', 'project-projectid-email-put'),
    },
    (call) => {
      const { emailAddress } = call.input as { emailAddress?: string | null };
      setProjectEmail(call.world, administered(call, byId(call)), emailAddress);
    },
  ),
  endpoint(
    {
      id: 'getHierarchy',
      route: 'GET /rest/api/3/project/{projectId}/hierarchy',
      doc: doc('projects', 'project-projectid-hierarchy-get'),
    },
    (call) => {
      const project = byId(call);
      const types = issueTypesOf(call.world, project);
      const levels = [...new Set(types.map((one) => one.hierarchyLevel))].sort(byPlace);
      return {
        projectId: Number(project.id),
        hierarchy: levels.map((level) => levelView(level, types)),
      };
    },
  ),
  endpoint(
    {
      id: 'getAllUserDataClassificationLevels',
      route: 'GET /rest/api/3/classification-levels',
      doc: doc('classification-levels', 'classification-levels-get'),
    },
    (call) => {
      const wanted = listParameter(call.query, 'status').map((one) => one.toLowerCase());
      const found = CLASSIFICATION_LEVELS.filter(
        ({ status }) => wanted.length === 0 || wanted.includes(status),
      );
      return { classifications: orderedBy(found, call.query.get('orderBy'), { rank: (one) => one.rank }) };
    },
  ),
  endpoint(
    {
      id: 'getProjectClassificationConfig',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/classification-config',
      doc: doc('project-classification-levels', 'project-projectidorkey-classification-config-get'),
    },
    (call) => {
      const level = levelById(projectIn(call).classification ?? '');
      return {
        classificationLevels: CLASSIFICATION_LEVELS,
        containerOverride: 'ANY',
        ...(level ? { defaultClassificationLevel: level } : {}),
      };
    },
  ),
  endpoint(
    {
      id: 'getDefaultProjectClassification',
      route: `GET /rest/api/3/${CLASSIFICATION}`,
      doc: doc('project-classification-levels', 'project-projectidorkey-classification-level-default-get'),
    },
    (call) => {
      const level = levelById(projectIn(call).classification ?? '');
      return level ? { classification: level } : {};
    },
  ),
  endpoint(
    {
      id: 'updateDefaultProjectClassification',
      route: `PUT /rest/api/3/${CLASSIFICATION}`,
      status: 204,
      input: { ...body({ id: { type: 'string' } }), required: ['id'] },
      doc: doc('project-classification-levels', 'project-projectidorkey-classification-level-default-put'),
    },
    (call) => {
      const project = administered(call, projectIn(call));
      classify(call.world, project, (call.input as { id: string }).id);
    },
  ),
  endpoint(
    {
      id: 'removeDefaultProjectClassification',
      route: `DELETE /rest/api/3/${CLASSIFICATION}`,
      status: 204,
      doc: doc('project-classification-levels', 'project-projectidorkey-classification-level-default-delete'),
    },
    (call) => classify(call.world, administered(call, projectIn(call)), undefined),
  ),
];

/** The order in which levels are listed: what is usual first, then what stands above, sub-tasks last. */
const byPlace = (a: number, b: number): number => place(a) - place(b);
const place = (level: number): number => (level < 0 ? 1_000 - level : level);

const levelView = (level: number, types: readonly IssueType[]): Json => ({
  level,
  name: HIERARCHY_NAMES[level] ?? `Level ${level}`,
  issueTypes: types
    .filter((one) => one.hierarchyLevel === level)
    .map(({ id, name, entityId, avatarId }) => ({
      id: Number(id),
      name,
      ...(entityId ? { entityId } : {}),
      avatarId,
    })),
});
