/**
 * What log streams of each type are made of, as the org describes it to forms.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/#operation/listLogStreamSchemas
 */
import type { World } from '../../../../src/world/world.ts';
import { notFound } from '../../errors.ts';

export const LOG_STREAM_TYPES = ['aws_eventbridge', 'splunk_cloud_logstreaming'] as const;
export type LogStreamType = (typeof LOG_STREAM_TYPES)[number];

/** One setting: what it must look like, and whether it stays as it was made. */
export interface StreamSetting {
  title: string;
  description: string;
  pattern?: string;
  oneOf?: readonly { title: string; const: string }[];
  writeOnce: boolean;
  /** What is said of a value that does not fit. */
  says?: string;
}

const REGIONS = [
  ['US East (Ohio)', 'us-east-2'],
  ['US East (N. Virginia)', 'us-east-1'],
  ['US West (N. California)', 'us-west-1'],
  ['US West (Oregon)', 'us-west-2'],
  ['Canada (Central)', 'ca-central-1'],
  ['Europe (Frankfurt)', 'eu-central-1'],
  ['Europe (Ireland)', 'eu-west-1'],
  ['Europe (London)', 'eu-west-2'],
  ['Europe (Paris)', 'eu-west-3'],
  ['Europe (Milan)', 'eu-south-1'],
  ['Europe (Stockholm)', 'eu-north-1'],
  ['Asia Pacific (Tokyo)', 'ap-northeast-1'],
  ['Asia Pacific (Seoul)', 'ap-northeast-2'],
  ['Asia Pacific (Osaka)', 'ap-northeast-3'],
  ['Asia Pacific (Mumbai)', 'ap-south-1'],
  ['Asia Pacific (Singapore)', 'ap-southeast-1'],
  ['Asia Pacific (Sydney)', 'ap-southeast-2'],
  ['South America (Sao Paulo)', 'sa-east-1'],
] as const;

const AWS: Record<string, StreamSetting> = {
  accountId: {
    title: 'AWS Account ID',
    description: 'Your Amazon AWS Account ID.',
    writeOnce: true,
    pattern: '^\\d{12}$',
    says: 'Account number must be 12 digits.',
  },
  eventSourceName: {
    title: 'AWS Event Source Name',
    description: 'An alphanumeric name (no spaces) to identify this event source in AWS EventBridge.',
    writeOnce: true,
    pattern: '^[\\.\\-_A-Za-z0-9]{1,75}$',
    says:
      'Event source name can use numbers, letters, the symbols ".", "-" or "_". ' +
      'It must use fewer than 76 characters.',
  },
  region: {
    title: 'AWS Region',
    description: 'The destination AWS region for your system log events.',
    writeOnce: true,
    oneOf: REGIONS.map(([title, region]) => ({ title, const: region })),
  },
};

const SPLUNK: Record<string, StreamSetting> = {
  host: {
    title: 'Host',
    description:
      'The domain for your Splunk Cloud instance without http or https. For example: acme.splunkcloud.com',
    writeOnce: false,
    pattern: '^([a-z0-9]+(-[a-z0-9]+)*){1,100}\\.splunkcloud(gc|fed)?\\.com$',
    says: 'Host should be a domain without http or https. For example: acme.splunkcloud.com',
  },
  token: {
    title: 'HEC Token',
    description: 'The token from your Splunk Cloud HTTP Event Collector (HEC).',
    writeOnce: false,
    pattern: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
  },
};

/** The settings of a type. */
export const STREAM_SETTINGS: Readonly<Record<LogStreamType, Readonly<Record<string, StreamSetting>>>> = {
  aws_eventbridge: AWS,
  splunk_cloud_logstreaming: SPLUNK,
};

export const STREAM_NAME_CHARS_MAX = 100;

const TITLES: Readonly<Record<LogStreamType, readonly [string, string]>> = {
  aws_eventbridge: ['AWS EventBridge', 'Configuration properties specific to AWS EventBridge'],
  splunk_cloud_logstreaming: ['Splunk Cloud', 'Configuration properties specific to Splunk Cloud'],
};

/** The description of a type, as a JSON schema. Throws E0000007 for a type that there is not. */
export function logStreamSchema(world: World, named: string): Record<string, unknown> {
  const type = LOG_STREAM_TYPES.find((one) => one === named);
  if (!type) throw notFound(named, 'LogStreamSchema');
  const settings = Object.entries(STREAM_SETTINGS[type]);
  const [title, description] = TITLES[type];
  const said = settings.flatMap(([name, { says }]) => (says ? [[name, says]] : []));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${world.base()}/api/v1/meta/schemas/logStream/${type}`,
    title,
    type: 'object',
    properties: {
      settings: {
        description,
        type: 'object',
        properties: Object.fromEntries(
          settings.map(([name, { says: _, ...shown }]) => [name, { ...shown, type: 'string' }]),
        ),
        required: settings.map(([name]) => name),
        errorMessage: { properties: Object.fromEntries(said) },
      },
      name: {
        title: 'Name',
        description: 'A name for this log stream in Okta',
        type: 'string',
        writeOnce: false,
        pattern: `^.{1,${STREAM_NAME_CHARS_MAX}}$`,
      },
    },
    required: ['name', 'settings'],
    errorMessage: { properties: { name: `Name can't exceed ${STREAM_NAME_CHARS_MAX} characters.` } },
  };
}
