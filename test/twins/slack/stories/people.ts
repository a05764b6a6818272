import { ANN, BOB, CAT } from '../workspace.ts';
import { PNG, type Story } from './teller.ts';

/** `users.*`, `dnd.*`, `reminders.*`, `usergroups.*`, `team.*`, `emoji.*`. */
export const peopleStories: readonly Story[] = [
  {
    says: 'people',
    async tell(t) {
      const user = t.person(BOB);
      await t.call('users.list', { limit: 2, include_locale: true });
      await t.call('users.info', { user, include_locale: true });
      await t.call('users.lookupByEmail', { email: BOB });
      await t.call('users.getPresence', { user });
      await t.call('users.setPresence', { presence: 'away' });
      await t.call('users.setActive', {});
      await t.call('users.setPresence', { presence: 'auto' }, t.user);
      await t.call('users.getPresence', {}, t.user);
      await t.call('users.profile.get', { user, include_labels: true });
      const profile = { status_text: 'Away', status_emoji: ':palm_tree:', status_expiration: 0 };
      await t.call('users.profile.set', { profile }, t.user);
      await t.call('users.profile.set', { name: 'title', value: 'Chief' }, t.user);
      await t.call('users.setPhoto', picture(), t.user);
      await t.call('users.deletePhoto', {}, t.user);
      await t.call('users.identity', {}, t.mint({ kind: 'user', as: ANN, scopes: ['identity.basic'] }));
      await t.call('bots.info', { bot: (await t.call('auth.test')).bot_id });
    },
  },
  {
    says: 'quiet times and reminders',
    async tell(t) {
      const user = t.person(BOB);
      await t.call('dnd.setSnooze', { num_minutes: 20 }, t.user);
      await t.call('dnd.info', { user });
      await t.call('dnd.info', {}, t.user);
      await t.call('dnd.teamInfo', { users: `${user},${t.person(CAT)}` });
      await t.call('dnd.endSnooze', {}, t.user);
      await t.call('dnd.setSnooze', { num_minutes: 20 }, t.user);
      await t.call('dnd.endDnd', {}, t.user);
      const { reminder } = await t.call('reminders.add', { text: 'milk', time: 'in 2 hours' }, t.user);
      await t.call('reminders.add', { text: 'walk', time: 'every day at 9am' }, t.user);
      await t.call('reminders.info', { reminder: reminder.id }, t.user);
      await t.call('reminders.list', {}, t.user);
      await t.call('reminders.complete', { reminder: reminder.id }, t.user);
      await t.call('reminders.delete', { reminder: reminder.id }, t.user);
    },
  },
  {
    says: 'user groups',
    async tell(t) {
      const channels = t.channel('random');
      const { usergroup } = await t.call('usergroups.create', {
        name: 'Pager',
        handle: 'pager',
        description: 'On call',
        channels,
      });
      const { id } = usergroup;
      await t.call('usergroups.update', { usergroup: id, name: 'Pagers', include_count: true });
      await t.call('usergroups.users.update', { usergroup: id, users: `${t.person(BOB)},${t.person(CAT)}` });
      await t.call('usergroups.users.list', { usergroup: id });
      await t.call('usergroups.list', { include_users: true, include_count: true });
      await t.call('usergroups.disable', { usergroup: id });
      await t.call('usergroups.enable', { usergroup: id });
    },
  },
  {
    says: 'the workspace',
    async tell(t) {
      await t.call('team.info');
      await t.call('team.profile.get', { visibility: 'all' });
      await t.call('team.accessLogs', { count: 2 }, t.user);
      await t.call('team.integrationLogs', { count: 2 }, t.user);
      await t.call('team.billableInfo', { user: t.person(BOB) }, t.user);
      await t.call('team.billing.info');
      await t.call('team.preferences.list');
      t.gesture('addEmoji', ANN, { name: 'parrot', url: 'https://acme.example/parrot.gif' });
      await t.call('emoji.list', { include_categories: true });
    },
  },
];

/** A form with a picture. */
function picture(): FormData {
  const form = new FormData();
  form.set('image', new File([PNG], 'me.png', { type: 'image/png' }));
  return form;
}
