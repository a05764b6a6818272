/**
 * Components of a project, and to whom an issue goes that has some.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/
 */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, missing } from '../../errors.ts';
import { NAME_CHARS_MAX } from '../../limits.ts';
import {
  type AssigneeType,
  type AuditChange,
  type Component,
  components,
  type Issue,
  issues,
  type Project,
  type Ref,
  type User,
  type UserRef,
  users,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { draftOf } from '../issues/issueFields.ts';
import { may } from '../permissions/may.ts';
import { audit, changesOf } from '../site/audit.ts';
import { save } from '../workflows/workflow.ts';
import { projectOf, requireProject } from './projects.ts';

/** What `POST /component` and `PUT /component/{id}` take. */
export interface ComponentInput {
  name?: string | null;
  description?: string | null;
  project?: string | null;
  projectId?: string | number | null;
  leadAccountId?: string | null;
  assigneeType?: AssigneeType | null;
}

/** The components of a project, by name. */
export const componentsOf = (world: World, project: Project): Range<Component> =>
  world.list(components, {
    index: 'project',
    equals: project.id,
    orderBy: [{ by: (row) => row.name.toLowerCase() }],
  });

/** 404 in the vendor's words. */
export const requireComponent = (world: World, id: string): Component =>
  world.require(components, id, () => missing(`The component with id ${id} does not exist.`));

/** The project that a new component names; 400 where it names none, 404 where there is none. */
export function projectOfInput(world: World, { project, projectId }: ComponentInput): Project {
  const wanted = project ?? projectId;
  if (wanted === undefined || wanted === null || wanted === '')
    throw badFields({ project: 'project is required' });
  return requireProject(world, String(wanted));
}

/** Adds a component to a project; `badFields` for a missing or taken name and for a lead who is not there. */
export function createComponent(world: World, user: User, input: ComponentInput): Component {
  const project = projectOfInput(world, input);
  const row = {
    id: nextId(world, 'component'),
    projectId: project.id,
    name: freeName(world, project, input.name),
    assigneeType: input.assigneeType ?? 'PROJECT_DEFAULT',
  };
  const made = world.insert(components, { ...row, ...detailsOf(world, input) });
  note(world, user, made, 'created');
  return made;
}

/** Changes what is given; an empty `leadAccountId` takes the lead away. */
export function updateComponent(world: World, user: User, id: string, input: ComponentInput): Component {
  const before = requireComponent(world, id);
  const { lead, description, ...row } = before;
  const { name, assigneeType, leadAccountId } = input;
  const after = world.put(components, {
    ...row,
    ...(lead && (leadAccountId === undefined || leadAccountId === null) ? { lead } : {}),
    ...(description === undefined ? {} : { description }),
    ...(name === undefined || name === null
      ? {}
      : { name: freeName(world, projectOf(world, { id: row.projectId }), name, id) }),
    ...(assigneeType ? { assigneeType } : {}),
    ...detailsOf(world, input),
  });
  note(world, user, after, 'updated', changesOf(before, after));
  return after;
}

function detailsOf(world: World, { description, leadAccountId }: ComponentInput): Partial<Component> {
  if (leadAccountId && !world.get(users, leadAccountId)?.active)
    throw badFields({ leadUserName: `The user ${leadAccountId} does not exist.` });
  return {
    ...(typeof description === 'string' ? { description } : {}),
    ...(leadAccountId ? { lead: { accountId: leadAccountId } } : {}),
  };
}

function freeName(world: World, project: Project, value: string | null | undefined, self?: string): string {
  const name = (value ?? '').trim();
  if (name === '')
    throw badFields({ name: 'The component name specified is invalid - cannot be an empty string.' });
  if (name.length > NAME_CHARS_MAX)
    throw badFields({ name: `The component name must not exceed ${NAME_CHARS_MAX} characters in length.` });
  for (const one of componentsOf(world, project))
    if (one.id !== self && one.name.toLowerCase() === name.toLowerCase())
      throw badFields({ name: `A component with the name ${name} already exists in this project.` });
  return name;
}

/** The issues that name a component. */
export const issuesWithComponent = (world: World, id: string): Range<Issue> =>
  world.list(issues, { index: 'component', equals: id });

/** Deletes a component; the issues that named it get `moveTo` in its place, or none. 404 for one that is not there. */
export function deleteComponent(world: World, user: User, id: string, moveTo: string | null): void {
  const component = requireComponent(world, id);
  const { projectId } = component;
  const other = moveTo ? requireComponent(world, moveTo) : undefined;
  if (other && (other.projectId !== projectId || other.id === id))
    throw badFields({ moveIssuesTo: `The component with id ${other.id} does not exist.` }, 404);
  for (const issue of issuesWithComponent(world, id).toArray()) {
    const draft = draftOf(issue);
    draft.fields.components = swapped(issue.fields.components, id, other);
    save(world, issue, draft, user);
  }
  world.remove(components, id);
  note(world, user, component, 'deleted');
}

function note(
  world: World,
  author: User,
  { id, name, projectId }: Component,
  what: 'created' | 'updated' | 'deleted',
  changedValues: readonly AuditChange[] = [],
): void {
  const project = projectOf(world, { id: projectId });
  audit(world, {
    summary: `Project component ${what}`,
    category: 'projects',
    author,
    object: { id, name, typeName: 'PROJECT_COMPONENT', parentId: project.id, parentName: project.name },
    changedValues,
  });
}

/** A list without what has the id `gone`; `other` in its place, once. */
export function swapped(refs: readonly Ref[], gone: string, other: Ref | undefined): Ref[] {
  const seen = new Set<string>();
  return refs.flatMap((ref) => {
    const id = ref.id === gone ? other?.id : ref.id;
    if (id === undefined || seen.has(id)) return [];
    seen.add(id);
    return [{ id }];
  });
}

/** What a component says of new issues, and what comes of it where the person it names cannot be assigned any. */
export interface ComponentAssignee {
  assignee?: UserRef;
  realAssigneeType: AssigneeType;
  realAssignee?: UserRef;
  isAssigneeTypeValid: boolean;
}

/** To whom an issue of a component goes. https://support.atlassian.com/jira-cloud-administration/docs/organize-work-with-components/ */
export function assigneeOfComponent(world: World, component: Component): ComponentAssignee {
  const project = projectOf(world, { id: component.projectId });
  const whole: UserRef | null = project.assigneeType === 'PROJECT_LEAD' ? project.lead : null;
  switch (component.assigneeType) {
    case 'COMPONENT_LEAD':
    case 'PROJECT_LEAD': {
      const wanted = component.assigneeType === 'PROJECT_LEAD' ? project.lead : component.lead;
      if (wanted && isAssignable(world, project, wanted))
        return {
          assignee: wanted,
          realAssigneeType: component.assigneeType,
          realAssignee: wanted,
          isAssigneeTypeValid: true,
        };
      return { ...assigned(whole), isAssigneeTypeValid: false };
    }
    case 'UNASSIGNED':
      return { realAssigneeType: 'UNASSIGNED', isAssigneeTypeValid: true };
    default:
      // Whether there is a person behind the project's default is not the component's affair.
      return { ...assigned(whole), ...(whole ? { assignee: whole } : {}), isAssigneeTypeValid: false };
  }
}

const assigned = (whole: UserRef | null): Pick<ComponentAssignee, 'realAssigneeType' | 'realAssignee'> => ({
  realAssigneeType: 'PROJECT_DEFAULT',
  ...(whole ? { realAssignee: whole } : {}),
});

const isAssignable = (world: World, project: Project, { accountId }: UserRef): boolean => {
  const user: User | undefined = world.get(users, accountId);
  return user !== undefined && may(world, user, 'ASSIGNABLE_USER', project);
};

/**
 * Whose a new issue is that names nobody: the first of its components by name that says something of it decides,
 * else the project does.
 */
export function defaultAssignee(world: World, project: Project, refs: readonly Ref[]): UserRef | null {
  const own = refs
    .flatMap(({ id }) => world.get(components, id) ?? [])
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  for (const component of own) {
    if (component.assigneeType === 'PROJECT_DEFAULT') continue;
    const { realAssignee, isAssigneeTypeValid } = assigneeOfComponent(world, component);
    if (isAssigneeTypeValid) return realAssignee ?? null;
  }
  return project.assigneeType === 'PROJECT_LEAD' && isAssignable(world, project, project.lead)
    ? project.lead
    : null;
}
