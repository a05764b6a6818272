/** Pictures of projects, types of issue and priorities: lists of them, loading, choosing, deleting, and the bytes. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { badQuery, missing, refused } from '../errors.ts';
import {
  type AvatarType,
  avatarType,
  type Crop,
  chooseProjectAvatar,
  chosenAvatar,
  customAvatarsOf,
  deleteAvatar,
  loadAvatar,
} from '../model/avatars/avatars.ts';
import { DEFAULT_AVATARS, SYSTEM_AVATARS } from '../model/avatars/systemAvatars.ts';
import { maySee, requireAdmin } from '../model/permissions/may.ts';
import { avatars, projects } from '../world.ts';
import { type Address, addressOf, caller, doc } from './address.ts';
import { customImage, SIZES, systemImage } from './avatarImages.ts';
import { administers, projectIn } from './projectAt.ts';
import { body, text } from './shapes.ts';

type Json = Record<string, unknown>;

const VIEW = '/rest/api/3/universal_avatar/view/type/{type}';
const OWNER = '/rest/api/3/universal_avatar/type/{type}/owner';

/** A type of which Jira has pictures of its own. */
const pictured = (type: string): AvatarType | 'user' => (type === 'user' ? type : avatarType(type));

const urls = (at: Address, type: string, id: string): Json => {
  const url = `${at.rest}/universal_avatar/view/type/${type}/avatar/${id}`;
  return {
    '16x16': `${url}?size=xsmall`,
    '24x24': `${url}?size=small`,
    '32x32': `${url}?size=medium`,
    '48x48': url,
  };
};

const avatarView = (
  at: Address,
  type: string,
  id: string,
  chosen: string | undefined,
  system: boolean,
): Json => ({
  id,
  isSystemAvatar: system,
  isSelected: id === chosen,
  isDeletable: !system,
  urls: urls(at, type, id),
});

const systemList = (at: Address, type: AvatarType | 'user', chosen?: string): Json[] =>
  SYSTEM_AVATARS[type].map((id) => avatarView(at, type, String(id), chosen, true));

/** What a thing may choose from. */
function choices(at: Address, type: AvatarType, ownerId: string): Json {
  const chosen = chosenAvatar(at.world, type, ownerId);
  return {
    system: systemList(at, type, chosen),
    custom: customAvatarsOf(at.world, type, ownerId).map(({ id }) => ({
      ...avatarView(at, type, id, chosen, false),
      owner: ownerId,
    })),
  };
}

/** Jira takes an upload without the header for a forged form. */
function load(call: Call, type: AvatarType, ownerId: string): Json {
  if (!/^(no-check|nocheck)$/i.test(header(call.request.headers, 'x-atlassian-token') ?? ''))
    throw refused('forbidden', 'XSRF check failed');
  const made = loadAvatar(call.world, type, ownerId, call.body.bytes, cropIn(call.query));
  return { ...avatarView(addressOf(call), type, made.id, undefined, false), owner: ownerId };
}

function cropIn(query: URLSearchParams): Crop {
  const whole = (name: string): number => {
    const sent = query.get(name) ?? '0';
    if (!/^\d{1,6}$/.test(sent))
      throw badQuery(`The value '${sent}' of the parameter '${name}' is not valid.`);
    return Number(sent);
  };
  return { x: whole('x'), y: whole('y'), size: whole('size') };
}

/** The bytes of a picture, where the caller may see what it belongs to. */
function imageOf(call: Call, type: AvatarType | 'user', id: string) {
  const { me } = addressOf(call);
  const format = call.query.get('format');
  const size = call.query.get('size') ?? 'large';
  if (format !== null && format !== 'png' && format !== 'svg')
    throw badQuery(`The format '${format}' is not valid.`);
  const pixels = SIZES[size];
  if (pixels === undefined) throw badQuery(`The size '${size}' is not valid.`);
  const row = call.world.get(avatars, id);
  if (!row) {
    if (!SYSTEM_AVATARS[type].includes(Number(id)))
      throw missing(`The avatar with id '${id}' does not exist.`);
    return systemImage(Number(id), format ?? 'svg', pixels);
  }
  const project = row.type === 'project' ? call.world.get(projects, row.ownerId) : undefined;
  if (row.type !== type || (project && (project.deleted || !maySee(call.world, me, project))))
    throw missing(`The avatar with id '${id}' does not exist.`);
  return customImage(row, format ?? undefined);
}

const projectType = 'project' as const;

export const avatarEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getAllSystemAvatars',
      route: 'GET /rest/api/3/avatar/{type}/system',
      traits: { anonymous: true },
      doc: doc('avatars', 'avatar-type-system-get'),
    },
    (call) => {
      return { system: systemList(addressOf(call), pictured(call.params.type)) };
    },
  ),
  endpoint(
    {
      id: 'getAvatars',
      route: `GET ${OWNER}/{entityId}`,
      traits: { anonymous: true },
      doc: doc('avatars', 'universal-avatar-type-type-owner-entityid-get'),
    },
    (call) => choices(addressOf(call), avatarType(call.params.type), call.params.entityId),
  ),
  endpoint(
    {
      id: 'storeAvatar',
      route: `POST ${OWNER}/{entityId}`,
      status: 201,
      traits: { upload: true },
      doc: doc('avatars', 'universal-avatar-type-type-owner-entityid-post'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      return load(call, avatarType(call.params.type), call.params.entityId);
    },
  ),
  endpoint(
    {
      id: 'deleteAvatar',
      route: `DELETE ${OWNER}/{owningObjectId}/avatar/{id}`,
      status: 204,
      doc: doc('avatars', 'universal-avatar-type-type-owner-owningobjectid-avatar-id-delete'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      const { type, owningObjectId, id } = call.params;
      deleteAvatar(call.world, avatarType(type), owningObjectId, id);
    },
  ),
  endpoint(
    {
      id: 'getAvatarImageByType',
      route: `GET ${VIEW}`,
      auth: 'none',
      doc: doc('avatars', 'universal-avatar-view-type-type-get'),
    },
    (call) => {
      const type = avatarType(call.params.type);
      return imageOf(call, type, String(DEFAULT_AVATARS[type]));
    },
  ),
  endpoint(
    {
      id: 'getAvatarImageByID',
      route: `GET ${VIEW}/avatar/{id}`,
      auth: 'none',
      doc: doc('avatars', 'universal-avatar-view-type-type-avatar-id-get'),
    },
    (call) => imageOf(call, pictured(call.params.type), call.params.id),
  ),
  endpoint(
    {
      id: 'getAvatarImageByOwner',
      route: `GET ${VIEW}/owner/{entityId}`,
      auth: 'none',
      doc: doc('avatars', 'universal-avatar-view-type-type-owner-entityid-get'),
    },
    (call) => {
      const type = avatarType(call.params.type);
      return imageOf(call, type, chosenAvatar(call.world, type, call.params.entityId));
    },
  ),
  endpoint(
    {
      id: 'createIssueTypeAvatar',
      route: 'POST /rest/api/3/issuetype/{id}/avatar2',
      status: 201,
      traits: { upload: true },
      doc: doc('issue-types', 'issuetype-id-avatar2-post'),
    },
    (call) => {
      requireAdmin(call.world, caller(call));
      if (!call.query.has('size')) throw badQuery("The parameter 'size' must be given.");
      return load(call, 'issuetype', call.params.id);
    },
  ),
  endpoint(
    {
      id: 'getAllProjectAvatars',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/avatars',
      doc: doc('project-avatars', 'project-projectidorkey-avatars-get'),
    },
    (call) => choices(addressOf(call), projectType, projectIn(call).id),
  ),
  endpoint(
    {
      id: 'updateProjectAvatar',
      route: 'PUT /rest/api/3/project/{projectIdOrKey}/avatar',
      status: 204,
      input: { ...body({ id: text }), required: ['id'] },
      doc: doc('project-avatars', 'project-projectidorkey-avatar-put'),
    },
    (call) => {
      const project = projectIn(call);
      administers(call, project);
      chooseProjectAvatar(call.world, project.id, (call.input as { id: string | null }).id ?? '');
    },
  ),
  endpoint(
    {
      id: 'createProjectAvatar',
      route: 'POST /rest/api/3/project/{projectIdOrKey}/avatar2',
      status: 201,
      traits: { upload: true },
      doc: doc('project-avatars', 'project-projectidorkey-avatar2-post'),
    },
    (call) => {
      const project = projectIn(call);
      administers(call, project);
      return load(call, projectType, project.id);
    },
  ),
  endpoint(
    {
      id: 'deleteProjectAvatar',
      route: 'DELETE /rest/api/3/project/{projectIdOrKey}/avatar/{id}',
      status: 204,
      doc: doc('project-avatars', 'project-projectidorkey-avatar-id-delete'),
    },
    (call) => {
      const project = projectIn(call);
      administers(call, project);
      deleteAvatar(call.world, projectType, project.id, call.params.id);
    },
  ),
];
