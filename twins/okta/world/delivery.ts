/** Rows of an org that are about how it reaches people: names, senders, wordings. */
import { sortable, table } from '../../../src/table.ts';
import type { PushProvider } from '../model/authenticators/pushProvider.ts';
import type { HookKey } from '../model/hooks/hookKey.ts';
import type { DnsRecord, Domain } from '../model/look/domain.ts';
import type { ErrorPage, SignOutPage } from '../model/look/errorPage.ts';
import type { UploadedImage } from '../model/look/themeImage.ts';
import type { Bounce } from '../model/mail/bounce.ts';
import type { EmailDomain } from '../model/mail/emailDomain.ts';
import type { EmailServer } from '../model/mail/emailServer.ts';
import type { EmailSetting } from '../model/mail/emailSetting.ts';
import type { Message } from '../model/mail/outgoing.ts';
import type { SmsTemplate } from '../model/mail/smsTemplate.ts';
import type { TelephonyProvider } from '../model/mail/telephonyProvider.ts';
import type { SsfStream } from '../model/ssf/ssfStream.ts';

export const domains = table<Domain>({
  name: 'okta.domains',
  key: (row) => row.id,
  indexes: { domain: (row) => row.domain, brand: (row) => row.brandId },
});

/** What people wrote into the DNS of their own domains. */
export const dnsRecords = table<DnsRecord>({ name: 'okta.dnsRecords', key: (row) => row.fqdn });

export const emailDomains = table<EmailDomain>({
  name: 'okta.emailDomains',
  key: (row) => row.id,
  indexes: { domain: (row) => row.domain.toLowerCase() },
});

export const emailServers = table<EmailServer>({ name: 'okta.emailServers', key: (row) => row.id });

/** Settings of a brand's mails. */
export const emailSettings = table<EmailSetting>({
  name: 'okta.emailSettings',
  key: (row) => `${row.brandId}/${row.template}`,
});

export const errorPages = table<ErrorPage>({
  name: 'okta.errorPages',
  key: (row) => `${row.brandId}/${row.state}`,
});

export const signOutPages = table<SignOutPage>({ name: 'okta.signOutPages', key: (row) => row.brandId });

export const pushProviders = table<PushProvider>({ name: 'okta.pushProviders', key: (row) => row.id });

export const smsTemplates = table<SmsTemplate>({ name: 'okta.smsTemplates', key: (row) => row.id });

/** Pictures of themes. */
export const themeImages = table<UploadedImage>({
  name: 'okta.themeImages',
  key: (row) => row.name,
  indexes: { of: (row) => row.of },
});

/** What people were sent. */
export const outgoing = table<Message>({
  name: 'okta.outgoing',
  secret: true,
  key: (row) => sortable(row.sequence),
  indexes: { user: (row) => row.userId },
});

export const hookKeys = table<HookKey>({
  name: 'okta.hookKeys',
  key: (row) => row.id,
  indexes: { keyId: (row) => row.keyId, name: (row) => row.name },
});

export const telephonyProviders = table<TelephonyProvider>({
  name: 'okta.telephonyProviders',
  key: (row) => row.id,
});

/** Addresses that mails came back from. */
export const bounces = table<Bounce>({ name: 'okta.bounces', key: (row) => row.address });

/** Streams of security events, one per app. */
export const ssfStreams = table<SsfStream>({
  name: 'okta.ssfStreams',
  secret: true,
  key: (row) => row.stream_id,
  indexes: { app: (row) => row.appId },
});

/** Every table here. */
export const DELIVERY_TABLES = [
  ...[domains, dnsRecords, emailDomains, emailServers, emailSettings],
  ...[errorPages, signOutPages, pushProviders, smsTemplates, outgoing, hookKeys, themeImages],
  ...[telephonyProviders, bounces, ssfStreams],
];
