/** What administrators set for the whole site: application properties, columns, the banner. */
import { createHash } from 'node:crypto';
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { may } from '../model/permissions/may.ts';
import { bannerOf, setBanner } from '../model/site/banner.ts';
import { navigatorColumns, setNavigatorColumns } from '../model/site/navigatorColumns.ts';
import { SETTINGS, type Setting } from '../model/site/settingKinds.ts';
import { editableSettings, requireSetting, setSetting, settingOf } from '../model/site/settings.ts';
import { bodyObject, caller, doc } from './address.ts';
import { administrator } from './askers.ts';
import { columnsView, sentColumns } from './columns.ts';

const settingView = (call: Call, { key, name, type, defaultValue, allowedValues }: Setting) => ({
  id: key,
  key,
  value: settingOf(call.world, key),
  name,
  type,
  defaultValue,
  ...(allowedValues ? { allowedValues } : {}),
});

const PROPERTIES = '/rest/api/3/application-properties';

export const settingEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getApplicationProperty',
      route: `GET ${PROPERTIES}`,
      doc: doc('jira-settings', 'application-properties-get'),
    },
    (call: Call) => {
      const key = call.query.get('key');
      if (!may(call.world, caller(call), 'ADMINISTER'))
        throw missing(`Key '${key ?? ''}' is invalid or not found.`);
      if (key) return settingView(call, requireSetting(key));
      return editableSettings(call.query.get('keyFilter')).map((one) => settingView(call, one));
    },
  ),
  endpoint(
    {
      id: 'getAdvancedSettings',
      route: `GET ${PROPERTIES}/advanced-settings`,
      doc: doc('jira-settings', 'application-properties-advanced-settings-get'),
    },
    (call: Call) => {
      administrator(call);
      return SETTINGS.filter(({ advanced }) => advanced).map((one) => settingView(call, one));
    },
  ),
  endpoint(
    {
      id: 'setApplicationProperty',
      route: `PUT ${PROPERTIES}/{id}`,
      doc: doc('jira-settings', 'application-properties-id-put'),
    },
    (call: Call) =>
      settingView(
        call,
        setSetting(call.world, administrator(call), call.params.id as string, bodyObject(call).value),
      ),
  ),
  endpoint(
    {
      id: 'getIssueNavigatorDefaultColumns',
      route: 'GET /rest/api/3/settings/columns',
      doc: doc('issue-navigator-settings', 'settings-columns-get'),
    },
    (call: Call) => {
      administrator(call);
      return columnsView(call.world, navigatorColumns(call.world));
    },
  ),
  endpoint(
    {
      id: 'setIssueNavigatorDefaultColumns',
      route: 'PUT /rest/api/3/settings/columns',
      traits: { form: true },
      doc: doc('issue-navigator-settings', 'settings-columns-put'),
    },
    (call: Call) => {
      administrator(call);
      setNavigatorColumns(call.world, call.body.kind === 'none' ? [] : sentColumns(call));
    },
  ),
  endpoint(
    {
      id: 'getBanner',
      route: 'GET /rest/api/3/announcementBanner',
      doc: doc('announcement-banner', 'announcementbanner-get'),
    },
    (call: Call) => {
      administrator(call);
      const { id: _, ...banner } = bannerOf(call.world);
      const hashId = createHash('md5').update(JSON.stringify(banner)).digest('hex').toUpperCase();
      return { ...banner, hashId };
    },
  ),
  endpoint(
    {
      id: 'setBanner',
      route: 'PUT /rest/api/3/announcementBanner',
      status: 204,
      doc: doc('announcement-banner', 'announcementbanner-put'),
    },
    (call: Call) => setBanner(call.world, administrator(call), bodyObject(call)),
  ),
];
