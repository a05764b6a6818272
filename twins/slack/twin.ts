/** The Slack twin: one workspace with its Web API, Events API and interactivity. */

import { readOperations } from '../../src/operations.ts';
import type { Table } from '../../src/table.ts';
import type { Twin, Wire } from '../../src/twin.ts';
import { appMethods } from './api/apps.ts';
import { assistantMethods } from './api/assistant.ts';
import { assistantSearchMethods } from './api/assistantSearch.ts';
import { authMethods } from './api/auth.ts';
import { blockMethods } from './api/blocks.ts';
import { bookmarkMethods } from './api/bookmarks.ts';
import { callMethods } from './api/calls.ts';
import { canvasMethods } from './api/canvases.ts';
import { chatMethods } from './api/chat.ts';
import { chatStreamMethods } from './api/chatStream.ts';
import { chatUnfurlMethods } from './api/chatUnfurl.ts';
import { connectMethods } from './api/connect.ts';
import { connectionEndpoints } from './api/connections.ts';
import { consentEndpoints } from './api/consent.ts';
import { conversationMethods } from './api/conversations.ts';
import { datastoreMethods } from './api/datastores.ts';
import { dialogMethods } from './api/dialogs.ts';
import { dndMethods } from './api/dnd.ts';
import { emojiMethods } from './api/emoji.ts';
import { entityMethods } from './api/entities.ts';
import { fileByteEndpoints } from './api/fileBytes.ts';
import { fileMethods } from './api/files.ts';
import { functionMethods } from './api/functions.ts';
import { historyMethods } from './api/history.ts';
import { listMethods } from './api/lists.ts';
import { manifestMethods } from './api/manifests.ts';
import { oauthMethods } from './api/oauth.ts';
import { pageEndpoints } from './api/pages.ts';
import { profileMethods } from './api/profiles.ts';
import { reactionMethods } from './api/reactions.ts';
import { reminderMethods } from './api/reminders.ts';
import { remoteFileMethods } from './api/remoteFiles.ts';
import { responseEndpoints } from './api/responses.ts';
import { searchMethods } from './api/search.ts';
import { starMethods } from './api/stars.ts';
import { teamMethods } from './api/team.ts';
import { userGroupMethods } from './api/usergroups.ts';
import { userMethods } from './api/users.ts';
import { viewMethods } from './api/views.ts';
import { webhookEndpoints } from './api/webhooks.ts';
import { workflowMethods } from './api/workflows.ts';
import { credentials } from './credentials.ts';
import { gestures } from './gestures.ts';
import { activities } from './model/apps/activity.ts';
import { authorizations } from './model/apps/authorization.ts';
import { datastoreItems } from './model/apps/datastore.ts';
import { externalAccounts } from './model/apps/externalAccount.ts';
import { refreshTokens } from './model/apps/rotation.ts';
import { userConnections } from './model/apps/userConnection.ts';
import { webhooks } from './model/apps/webhook.ts';
import { bookmarks } from './model/channels/bookmark.ts';
import { connectInvites } from './model/channels/connectInvite.ts';
import { externalTeams, sharings } from './model/channels/externalTeam.ts';
import { inviteRequests } from './model/channels/inviteRequest.ts';
import { LINK_TIMER, refresh } from './model/events/link.ts';
import { canvases } from './model/files/channelCanvas.ts';
import { listExports } from './model/files/listExport.ts';
import { listItems } from './model/files/listItem.ts';
import { FILE_TIMER, processFile } from './model/files/upload.ts';
import { calls } from './model/interactivity/call.ts';
import { dialogs } from './model/interactivity/dialog.ts';
import { entityPanes, entityRequests } from './model/interactivity/entity.ts';
import { picks } from './model/interactivity/interaction.ts';
import { suggestions } from './model/interactivity/suggestion.ts';
import { messageStreams } from './model/messages/messageStream.ts';
import { fulfil, SCHEDULED_TIMER } from './model/messages/schedule.ts';
import { stars } from './model/messages/star.ts';
import { quietHours, SNOOZE_TIMER, snoozeOver, snoozes } from './model/people/dnd.ts';
import { hear } from './model/people/news.ts';
import { presences } from './model/people/presence.ts';
import { endStatus, STATUS_TIMER } from './model/people/profile.ts';
import { profileFields } from './model/people/profileField.ts';
import { REMINDER_TIMER, sayReminder } from './model/people/reminder.ts';
import { parted } from './model/people/roster.ts';
import { HOSTS } from './model/url.ts';
import { agentSessions } from './model/workflows/agentSession.ts';
import { ASSISTANT_TIMER, assistantThreads, clearStatus } from './model/workflows/assistantThread.ts';
import { executions } from './model/workflows/function.ts';
import { functionPermissions } from './model/workflows/functionPermission.ts';
import { featuredWorkflows, workflowRuns, workflowTriggers } from './model/workflows/workflow.ts';
import { plant } from './plant.ts';
import { presets } from './presets.ts';
import { room } from './room.ts';
import { socketMode } from './wire/link.ts';
import { rtm } from './wire/stream.ts';
import { wire } from './wire.ts';
import * as tables from './world.ts';

/** Slack: https://docs.slack.dev */
export const slack: Twin = {
  name: 'slack',
  title: 'Slack',
  hosts: HOSTS,
  wire: wire as unknown as Wire,
  endpoints: [
    ...authMethods,
    ...chatMethods,
    ...bookmarkMethods,
    ...dialogMethods,
    ...assistantMethods,
    ...chatStreamMethods,
    ...chatUnfurlMethods,
    ...conversationMethods,
    ...connectMethods,
    ...historyMethods,
    ...userMethods,
    ...profileMethods,
    ...reactionMethods,
    ...viewMethods,
    ...userGroupMethods,
    ...fileMethods,
    ...remoteFileMethods,
    ...canvasMethods,
    ...listMethods,
    ...callMethods,
    ...blockMethods,
    ...functionMethods,
    ...workflowMethods,
    ...entityMethods,
    ...fileByteEndpoints,
    ...emojiMethods,
    ...searchMethods,
    ...assistantSearchMethods,
    ...reminderMethods,
    ...starMethods,
    ...teamMethods,
    ...dndMethods,
    ...oauthMethods,
    ...appMethods,
    ...manifestMethods,
    ...datastoreMethods,
    ...consentEndpoints,
    ...webhookEndpoints,
    ...connectionEndpoints,
    ...responseEndpoints,
    ...pageEndpoints,
  ],
  operations: readOperations('slack'),
  tables: [
    tables.teams,
    tables.users,
    tables.channels,
    tables.members,
    tables.channelCounts,
    tables.readings,
    tables.messages,
    tables.ephemerals,
    messageStreams,
    bookmarks,
    dialogs,
    assistantThreads,
    agentSessions,
    tables.pins,
    tables.apps,
    tables.tokens,
    tables.triggers,
    tables.responseUrls,
    tables.views,
    tables.scheduled,
    tables.userGroups,
    tables.files,
    tables.uploads,
    canvases,
    listItems,
    executions,
    entityRequests,
    entityPanes,
    functionPermissions,
    workflowTriggers,
    workflowRuns,
    featuredWorkflows,
    calls,
    listExports,
    tables.reminders,
    tables.emoji,
    presences,
    profileFields,
    stars,
    picks,
    suggestions,
    externalTeams,
    sharings,
    connectInvites,
    inviteRequests,
    snoozes,
    quietHours,
    parted,
    authorizations,
    refreshTokens,
    webhooks,
    activities,
    datastoreItems,
    externalAccounts,
    userConnections,
  ] as unknown as readonly Table<never>[],
  plant,
  gestures,
  timers: {
    [SCHEDULED_TIMER]: fulfil,
    [ASSISTANT_TIMER]: clearStatus,
    [LINK_TIMER]: refresh,
    [FILE_TIMER]: processFile,
    [STATUS_TIMER]: endStatus,
    [REMINDER_TIMER]: sayReminder,
    [SNOOZE_TIMER]: snoozeOver,
  },
  hears: hear,
  sockets: { socketMode, rtm },
  credentials,
  presets,
  room,
};
