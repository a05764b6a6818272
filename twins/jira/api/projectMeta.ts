/** What there is to choose from for projects: types, categories, keys and names that are free. */
import { endpoint } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import {
  type CategoryInput,
  categories,
  createCategory,
  deleteCategory,
  requireCategory,
  updateCategory,
} from '../model/projects/categories.ts';
import { keyProblem, validKey, validName } from '../model/projects/projectKeys.ts';
import { PROJECT_TYPES, requireProjectType } from '../model/projects/projectTypes.ts';
import { addressOf, caller, doc } from './address.ts';
import { categoryView } from './projectViews.ts';
import { body, text } from './shapes.ts';

const category = body({ name: text, description: text, id: text, self: text });

export const projectMetaEndpoints = [
  endpoint(
    {
      id: 'getAllProjectTypes',
      route: 'GET /rest/api/3/project/type',
      doc: doc('project-types', 'project-type-get'),
    },
    () => PROJECT_TYPES,
  ),
  endpoint(
    {
      id: 'getAllAccessibleProjectTypes',
      route: 'GET /rest/api/3/project/type/accessible',
      doc: doc('project-types', 'project-type-accessible-get'),
    },
    (call) => PROJECT_TYPES.filter(() => caller(call).active),
  ),
  endpoint(
    {
      id: 'getProjectTypeByKey',
      route: 'GET /rest/api/3/project/type/{projectTypeKey}',
      doc: doc('project-types', 'project-type-projecttypekey-get'),
    },
    ({ params }) => requireProjectType(params.projectTypeKey),
  ),
  endpoint(
    {
      id: 'getAccessibleProjectTypeByKey',
      route: 'GET /rest/api/3/project/type/{projectTypeKey}/accessible',
      doc: doc('project-types', 'project-type-projecttypekey-accessible-get'),
    },
    ({ params }) => requireProjectType(params.projectTypeKey),
  ),
  endpoint(
    {
      id: 'validateProjectKey',
      route: 'GET /rest/api/3/projectvalidate/key',
      doc: doc('project-key-and-name-validation', 'projectvalidate-key-get'),
    },
    (call) => {
      const projectKey = keyProblem(call.world, call.query.get('key') ?? '');
      return { errorMessages: [], errors: projectKey === undefined ? {} : { projectKey } };
    },
  ),
  endpoint(
    {
      id: 'getValidProjectKey',
      route: 'GET /rest/api/3/projectvalidate/validProjectKey',
      doc: doc('project-key-and-name-validation', 'projectvalidate-validprojectkey-get'),
    },
    (call) => validKey(call.world, call.query.get('key') ?? ''),
  ),
  endpoint(
    {
      id: 'getValidProjectName',
      route: 'GET /rest/api/3/projectvalidate/validProjectName',
      doc: doc('project-key-and-name-validation', 'projectvalidate-validprojectname-get'),
    },
    (call) => {
      const name = call.query.get('name');
      if (name === null) throw badQuery("The parameter 'name' must be given.");
      return validName(call.world, name);
    },
  ),
  endpoint(
    {
      id: 'getAllProjectCategories',
      route: 'GET /rest/api/3/projectCategory',
      doc: doc('project-categories', 'projectcategory-get'),
    },
    (call) => categories(call.world).map((one) => categoryView(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'createProjectCategory',
      route: 'POST /rest/api/3/projectCategory',
      status: 201,
      input: category,
      doc: doc('project-categories', 'projectcategory-post'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      return categoryView(addressOf(call), createCategory(call.world, call.input as CategoryInput));
    },
  ),
  endpoint(
    {
      id: 'getProjectCategoryById',
      route: 'GET /rest/api/3/projectCategory/{id}',
      doc: doc('project-categories', 'projectcategory-id-get'),
    },
    (call) => categoryView(addressOf(call), requireCategory(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'updateProjectCategory',
      route: 'PUT /rest/api/3/projectCategory/{id}',
      input: category,
      doc: doc('project-categories', 'projectcategory-id-put'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      const saved = updateCategory(call.world, call.params.id, call.input as CategoryInput);
      return categoryView(addressOf(call), saved);
    },
  ),
  endpoint(
    {
      id: 'removeProjectCategory',
      route: 'DELETE /rest/api/3/projectCategory/{id}',
      status: 204,
      doc: doc('project-categories', 'projectcategory-id-delete'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      deleteCategory(call.world, call.params.id);
    },
  ),
];
