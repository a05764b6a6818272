/** Notification schemes, and the projects that have them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, missing } from '../errors.ts';
import { fieldById } from '../model/fields/fields.ts';
import { isNumeric } from '../model/ids.ts';
import { notificationEvent } from '../model/notifications/events.ts';
import {
  addNotifications,
  createNotificationScheme,
  DEFAULT_NOTIFICATIONS,
  deleteNotificationScheme,
  type NotificationSchemeInput,
  notificationSchemeOf,
  notificationSchemes,
  projectsNotifiedBy,
  removeNotification,
  requireNotificationScheme,
  updateNotificationScheme,
} from '../model/notifications/notificationSchemes.ts';
import { may } from '../model/permissions/may.ts';
import { groups, type NotificationScheme, projectRoles, type SchemeNotification } from '../world.ts';
import { type Address, addressOf, doc, listParameter } from './address.ts';
import { privileged } from './askers.ts';
import { groupName } from './groupViews.ts';
import { rangeOf } from './meta.ts';
import { leadView } from './peopleView.ts';
import { projectAt } from './projectAt.ts';
import { siteRole } from './roleViews.ts';
import { body, listOf, part, rowId, text } from './shapes.ts';

type Json = Record<string, unknown>;

const GROUP = 'issue-notification-schemes';
const PATH = '/rest/api/3/notificationscheme';
const EXPAND = 'notificationSchemeEvents,user,group,projectRole,field,all';

const EVENTS = listOf(
  part({
    event: part({ id: rowId }),
    notifications: listOf(part({ notificationType: text, parameter: text })),
  }),
);

/** What a kind of recipient shows, where it is asked for. */
const NAMED: Readonly<Record<string, [expand: string, show: (at: Address, id: string) => Json]>> = {
  User: ['user', (at, id) => ({ user: leadView(at, { accountId: id }) })],
  Group: ['group', (at, id) => groupIn(at, id)],
  ProjectRole: ['projectRole', (at, id) => roleIn(at, id)],
  UserCustomField: ['field', (at, id) => fieldIn(at, id)],
  GroupCustomField: ['field', (at, id) => fieldIn(at, id)],
};

function groupIn(at: Address, id: string): Json {
  const group = at.world.get(groups, id);
  return group ? { group: groupName(at, group) } : {};
}

function roleIn(at: Address, id: string): Json {
  const role = at.world.list(projectRoles, { where: (row) => String(row.id) === id }).first();
  return role ? { projectRole: siteRole(at, role) } : {};
}

function fieldIn(at: Address, id: string): Json {
  const field = fieldById(at.world, id);
  return field ? { field: { id: field.id, key: field.id, name: field.name, custom: field.custom } } : {};
}

/** What the parameter was when it was set: a group is named by its name. */
function parameterOf(at: Address, { notificationType, recipient }: SchemeNotification): string | undefined {
  return notificationType === 'Group' ? at.world.get(groups, recipient ?? '')?.name : recipient;
}

function notificationView(at: Address, row: SchemeNotification, expand: readonly string[]): Json {
  const [name, show] = NAMED[row.notificationType] ?? [];
  const shown = name !== undefined && (expand.includes('all') || expand.includes(name));
  return {
    ...(name === undefined ? {} : { expand: name }),
    id: row.id,
    notificationType: row.notificationType,
    ...(row.recipient === undefined ? {} : { parameter: parameterOf(at, row), recipient: row.recipient }),
    ...(shown && show ? show(at, row.recipient ?? '') : {}),
  };
}

/** A scheme; its events only where something of them is asked for. */
export function notificationSchemeView(
  at: Address,
  scheme: NotificationScheme,
  expand: readonly string[],
): Json {
  const events = [...new Set(scheme.notifications.map(({ eventId }) => eventId))].sort((a, b) => a - b);
  return {
    expand: EXPAND,
    id: Number(scheme.id),
    self: `${at.rest}/notificationscheme/${scheme.id}`,
    name: scheme.name,
    description: scheme.description,
    ...(expand.length > 0
      ? {
          notificationSchemeEvents: events.map((id) => ({
            event: notificationEvent(id),
            notifications: scheme.notifications
              .filter(({ eventId }) => eventId === id)
              .map((row) => notificationView(at, row, expand)),
          })),
        }
      : {}),
  };
}

/** Whether the caller administers some project that a scheme belongs to, or the site. */
function isSeen(at: Address, scheme: NotificationScheme): boolean {
  if (may(at.world, at.me, 'ADMINISTER')) return true;
  return projectsNotifiedBy(at.world, scheme).some((one) => may(at.world, at.me, 'ADMINISTER_PROJECTS', one));
}

/** Ids in a parameter; 400 for what is none. */
function idsIn(call: Call, name: string): string[] {
  const ids = listParameter(call.query, name);
  const wrong = ids.find((id) => !isNumeric(id));
  if (wrong !== undefined)
    throw badQuery(`${wrong} is not a valid value. ${name} must be zero or a positive integer.`);
  return ids;
}

const sentIn = (call: Call) => call.input as NotificationSchemeInput;

export const notificationSchemeEndpoints = [
  endpoint(
    {
      id: 'getNotificationSchemes',
      route: `GET ${PATH}`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'notificationscheme-get'),
    },
    (call) => {
      const at = addressOf(call);
      const [ids, of] = [idsIn(call, 'id'), idsIn(call, 'projectId')];
      const only = call.query.get('onlyDefault') === 'true';
      const found = notificationSchemes(call.world).filter(
        (one) =>
          (ids.length === 0 || ids.includes(one.id)) &&
          (of.length === 0 || projectsNotifiedBy(call.world, one).some(({ id }) => of.includes(id))) &&
          (!only || one.id === DEFAULT_NOTIFICATIONS) &&
          isSeen(at, one),
      );
      return list(rangeOf(found), (one) =>
        notificationSchemeView(at, one, listParameter(call.query, 'expand')),
      );
    },
  ),
  endpoint(
    {
      id: 'createNotificationScheme',
      route: `POST ${PATH}`,
      status: 201,
      input: body({ name: text, description: text, notificationSchemeEvents: EVENTS }),
      doc: doc(GROUP, 'notificationscheme-post'),
    },
    (call) => {
      return { id: createNotificationScheme(call.world, privileged(call), sentIn(call)).id };
    },
  ),
  endpoint(
    {
      id: 'getNotificationSchemeToProjectMappings',
      route: `GET ${PATH}/project`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'notificationscheme-project-get'),
    },
    (call) => {
      const at = addressOf(call);
      const [schemes, of] = [idsIn(call, 'notificationSchemeId'), idsIn(call, 'projectId')];
      const rows = notificationSchemes(call.world)
        .filter((one) => (schemes.length === 0 || schemes.includes(one.id)) && isSeen(at, one))
        .flatMap((scheme) =>
          projectsNotifiedBy(call.world, scheme)
            .filter((one) => !one.simplified && (of.length === 0 || of.includes(one.id)))
            .map(({ id }) => ({ notificationSchemeId: scheme.id, projectId: id })),
        )
        .sort((a, b) => Number(a.projectId) - Number(b.projectId));
      return list(rangeOf(rows), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getNotificationScheme',
      route: `GET ${PATH}/{id}`,
      doc: doc(GROUP, 'notificationscheme-id-get'),
    },
    (call) => {
      const at = addressOf(call);
      const scheme = requireNotificationScheme(call.world, call.params.id);
      if (!isSeen(at, scheme)) throw missing(`Notification scheme with ID ${scheme.id} not found.`);
      return notificationSchemeView(at, scheme, listParameter(call.query, 'expand'));
    },
  ),
  endpoint(
    {
      id: 'updateNotificationScheme',
      route: `PUT ${PATH}/{id}`,
      status: 204,
      input: body({ name: text, description: text }),
      doc: doc(GROUP, 'notificationscheme-id-put'),
    },
    (call) => {
      updateNotificationScheme(call.world, privileged(call), call.params.id, sentIn(call));
    },
  ),
  endpoint(
    {
      id: 'addNotifications',
      route: `PUT ${PATH}/{id}/notification`,
      status: 204,
      input: body({ notificationSchemeEvents: EVENTS }),
      doc: doc(GROUP, 'notificationscheme-id-notification-put'),
    },
    (call) => {
      privileged(call);
      addNotifications(call.world, call.params.id, sentIn(call).notificationSchemeEvents);
    },
  ),
  endpoint(
    {
      id: 'deleteNotificationScheme',
      route: `DELETE ${PATH}/{notificationSchemeId}`,
      status: 204,
      doc: doc(GROUP, 'notificationscheme-notificationschemeid-delete'),
    },
    (call) => {
      deleteNotificationScheme(call.world, privileged(call), call.params.notificationSchemeId);
    },
  ),
  endpoint(
    {
      id: 'removeNotificationFromNotificationScheme',
      route: `DELETE ${PATH}/{notificationSchemeId}/notification/{notificationId}`,
      status: 204,
      doc: doc(GROUP, 'notificationscheme-notificationschemeid-notification-notificationid-delete'),
    },
    (call) => {
      privileged(call);
      removeNotification(call.world, call.params.notificationSchemeId, call.params.notificationId);
    },
  ),
  endpoint(
    {
      id: 'getNotificationSchemeForProject',
      route: 'GET /rest/api/3/project/{projectKeyOrId}/notificationscheme',
      doc: doc('projects', 'project-projectkeyorid-notificationscheme-get'),
    },
    (call) => {
      const at = addressOf(call);
      const project = projectAt(call, call.params.projectKeyOrId);
      const scheme = notificationSchemeOf(call.world, project);
      if (!may(call.world, at.me, 'ADMINISTER_PROJECTS', project))
        throw missing(`Notification scheme with ID ${scheme.id} not found.`);
      return notificationSchemeView(at, scheme, listParameter(call.query, 'expand'));
    },
  ),
];
