/** What people may say of a project, read and refused as one: every detail that is wrong is told of. */
import type { World } from '../../../../src/world/world.ts';
import { badFields } from '../../errors.ts';
import { NAME_CHARS_MAX } from '../../limits.ts';
import { type Project, projectCategories, users } from '../../world.ts';
import { avatarOfOwner } from '../avatars/avatars.ts';
import { userNamed } from '../people/people.ts';
import { given } from '../sentText.ts';
import { keyProblem, nameProblem } from './projectKeys.ts';
import { type Schemes, schemesIn } from './projectSchemes.ts';

type Id = string | number | null;

/** What `POST /project` and `PUT /project/{projectIdOrKey}` take alike. */
export interface DetailsInput {
  key?: string | null;
  name?: string | null;
  description?: string | null;
  lead?: string | null;
  leadAccountId?: string | null;
  url?: string | null;
  assigneeType?: Project['assigneeType'] | null;
  avatarId?: Id;
  categoryId?: Id;
  issueSecurityScheme?: Id;
  permissionScheme?: Id;
  notificationScheme?: Id;
  issueTypeScheme?: Id;
  issueTypeScreenScheme?: Id;
  fieldConfigurationScheme?: Id;
  fieldScheme?: Id;
  workflowScheme?: Id;
}

export type Details = Partial<
  Pick<
    Project,
    'key' | 'name' | 'description' | 'lead' | 'url' | 'assigneeType' | 'avatarId' | 'projectCategory'
  >
> &
  Schemes;

/** Which details were given, as rows keep them; `badFields` with each that is wrong. `self` is the project as it is. */
export function readDetails(world: World, input: DetailsInput, self?: Project): Details {
  const problems: Record<string, string> = {};
  const details: Details = {};
  const note = (field: string, problem: string | undefined): boolean => {
    if (problem !== undefined) problems[field] = problem;
    return problem === undefined;
  };
  const { key, name, url, description, assigneeType } = input;
  if ((!self || given(key)) && note('projectKey', keyProblem(world, key ?? '', self)))
    details.key = key ?? '';
  if ((!self || given(name)) && note('projectName', nameProblem(world, name ?? '', self)))
    details.name = (name ?? '').trim();
  if (given(url) && note('projectUrl', urlProblem(url))) details.url = url;
  if (given(description)) details.description = description;
  if (assigneeType) details.assigneeType = assigneeType;
  readLead(world, input, self, details, note);
  const category = idIn(input.categoryId);
  if (category === '-1' && self) details.projectCategory = { id: '' };
  else if (category && note('categoryId', categoryProblem(world, category)))
    details.projectCategory = { id: category };
  const avatar = idIn(input.avatarId);
  if (avatar && note('avatarId', avatarProblem(world, avatar, self))) details.avatarId = Number(avatar);
  Object.assign(details, schemesIn(world, input, note));
  if (Object.keys(problems).length > 0) throw badFields(problems);
  return details;
}

/** Says what is wrong under a field, and whether nothing is. */
export type Note = (field: string, problem: string | undefined) => boolean;

/** An id that was sent, as text. */
export const idIn = (value: Id | undefined): string | undefined => (given(value) ? String(value) : undefined);

const categoryProblem = (world: World, id: string): string | undefined =>
  world.get(projectCategories, id) ? undefined : `The project category with id '${id}' does not exist.`;

const avatarProblem = (world: World, id: string, self: Project | undefined): string | undefined =>
  avatarOfOwner(world, 'project', self?.id ?? '', id)
    ? undefined
    : `The avatar with id '${id}' does not exist.`;

function urlProblem(url: string): string | undefined {
  if (url.length > NAME_CHARS_MAX) return `The URL must not exceed ${NAME_CHARS_MAX} characters in length.`;
  return url === '' || (/^https?:\/\//i.test(url) && URL.canParse(url))
    ? undefined
    : 'The URL specified is not valid - it must start with http://';
}

function readLead(
  world: World,
  { lead, leadAccountId }: DetailsInput,
  self: Project | undefined,
  details: Details,
  note: Note,
): void {
  if (given(lead) && given(leadAccountId)) {
    note('projectLead', "Either 'lead' or 'leadAccountId' may be provided, not both.");
    return;
  }
  const wanted = leadAccountId ?? lead;
  if (!given(wanted)) {
    if (!self) note('projectLead', 'You must specify a valid project lead.');
    return;
  }
  const user = given(leadAccountId) ? world.get(users, leadAccountId) : userNamed(world, wanted);
  if (user?.active) details.lead = { accountId: user.accountId };
  else note('projectLead', 'The user you specified as project lead does not exist.');
}
