/**
 * What tools tell of: the form of each kind, what it is known by, and what orders its news.
 * https://developer.atlassian.com/cloud/jira/software/rest/intro/
 */
import type { DevOpsKind } from '../../world.ts';
import {
  associations,
  count,
  issueKeys,
  link,
  many,
  moment,
  OF_ISSUES,
  one,
  type Shape,
  shape,
  text,
  version,
  whole,
  yesNo,
} from './shape.ts';

export interface Kind {
  kind: DevOpsKind;
  /** The key of a request's list. */
  list: string;
  /** How many one request may hold. */
  max: number;
  form: Shape;
  /** The parts of its id; a request in which one of them is missing is refused as a whole. */
  idOf(data: Readonly<Record<string, unknown>>): unknown[];
  sequence: 'updateSequenceNumber' | 'updateSequenceId';
  /** Refused where it is about nothing that is known. */
  needs?: 'association';
  /** What is kept, where that is not just what was sent. */
  kept?(data: Readonly<Record<string, unknown>>, issues: readonly string[]): Record<string, unknown>;
}

const SERVICES = 'serviceIdOrKeys';
const environments = ['unmapped', 'development', 'testing', 'staging', 'production'];

export const BUILD: Kind = {
  kind: 'build',
  list: 'builds',
  max: 100,
  idOf: ({ pipelineId, buildNumber }) => [pipelineId, buildNumber],
  sequence: 'updateSequenceNumber',
  needs: 'association',
  form: shape({
    schemaVersion: version,
    'pipelineId!': text(),
    'buildNumber!': whole,
    'updateSequenceNumber!': whole,
    'displayName!': text(),
    description: text(),
    label: text(),
    'url!': link(),
    'state!': one('pending', 'in_progress', 'successful', 'failed', 'cancelled', 'unknown'),
    'lastUpdated!': moment,
    issueKeys,
    associations: associations(OF_ISSUES),
    testInfo: shape({
      'totalNumber!': whole,
      'numberPassed!': whole,
      'numberFailed!': whole,
      numberSkipped: whole,
    }),
    references: many(
      shape({
        commit: shape({ 'id!': text(), 'repositoryUri!': text(2000) }),
        ref: shape({ 'name!': text(), 'uri!': text(2000) }),
      }),
      5,
    ),
  }),
};

export const DEPLOYMENT: Kind = {
  kind: 'deployment',
  list: 'deployments',
  max: 100,
  idOf: ({ pipeline, environment, deploymentSequenceNumber }) => [
    idIn(pipeline),
    idIn(environment),
    deploymentSequenceNumber,
  ],
  sequence: 'updateSequenceNumber',
  needs: 'association',
  form: shape({
    schemaVersion: version,
    'deploymentSequenceNumber!': whole,
    'updateSequenceNumber!': whole,
    issueKeys,
    associations: associations([...OF_ISSUES, SERVICES, 'commit', 'repository'], 3, 1),
    'displayName!': text(),
    'url!': link(),
    'description!': text(),
    'lastUpdated!': moment,
    label: text(),
    duration: whole,
    'state!': one('unknown', 'pending', 'in_progress', 'cancelled', 'failed', 'rolled_back', 'successful'),
    'pipeline!': shape({ 'id!': text(), 'displayName!': text(), 'url!': link() }),
    'environment!': shape({ 'id!': text(), 'displayName!': text(), 'type!': one(...environments) }),
    commands: many(shape({ command: text() }), 100, 0),
  }),
};

const idIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;

const byId = ({ id }: Readonly<Record<string, unknown>>): unknown[] => [id];

const flagStatus = shape({
  'enabled!': yesNo,
  defaultValue: text(),
  rollout: shape({
    percentage: { type: 'number', minimum: 0, maximum: 100 },
    text: text(),
    rules: count,
  }),
});

export const FEATURE_FLAG: Kind = {
  kind: 'featureFlag',
  list: 'flags',
  max: 100,
  idOf: byId,
  sequence: 'updateSequenceId',
  needs: 'association',
  form: shape({
    schemaVersion: version,
    'id!': text(),
    'key!': text(),
    'updateSequenceId!': whole,
    displayName: text(),
    issueKeys,
    associations: associations(OF_ISSUES),
    'summary!': shape({ url: link(), 'status!': flagStatus, 'lastUpdated!': moment }),
    'details!': many(
      shape({
        'url!': link(),
        'lastUpdated!': moment,
        'environment!': shape({ 'name!': text(), type: one(...environments.slice(1)) }),
        'status!': flagStatus,
      }),
      1000,
    ),
  }),
};

const linkTypes = 'document alert test security logFile prototype coverage bugReport other'.split(' ');
const appearances = 'default inprogress moved new removed prototype success'.split(' ');

export const REMOTE_LINK: Kind = {
  kind: 'remoteLink',
  list: 'remoteLinks',
  max: 100,
  idOf: byId,
  sequence: 'updateSequenceNumber',
  needs: 'association',
  form: shape({
    schemaVersion: version,
    'id!': text(),
    'updateSequenceNumber!': whole,
    'displayName!': text(),
    'url!': link(),
    'type!': one(...linkTypes),
    description: text(),
    'lastUpdated!': moment,
    associations: associations([...OF_ISSUES, SERVICES], 2, 1),
    status: shape({ 'appearance!': one(...appearances), 'label!': text() }),
    actionIds: many({ type: 'string' }, 10, 0),
    attributeMap: { type: 'object', additionalProperties: { type: 'string' } },
  }),
};

const container = '^[a-zA-Z0-9\\-_.~@:{}=]+(/[a-zA-Z0-9\\-_.~@:{}=]+)*$';

export const VULNERABILITY: Kind = {
  kind: 'vulnerability',
  list: 'vulnerabilities',
  max: 1000,
  idOf: byId,
  sequence: 'updateSequenceNumber',
  // What is added and taken away is told; what there is of it is read.
  kept: ({ addAssociations: _, removeAssociations: __, ...data }, issues) => ({
    ...data,
    ...(issues.length > 0 ? { addAssociations: [{ associationType: 'issueIdOrKeys', values: issues }] } : {}),
  }),
  form: {
    ...shape({
      'schemaVersion!': version,
      'id!': text(),
      'updateSequenceNumber!': whole,
      'containerId!': { ...text(), pattern: container },
      'displayName!': text(),
      'description!': text(5000),
      'url!': link(),
      'type!': one('sca', 'sast', 'dast', 'unknown'),
      'introducedDate!': moment,
      'lastUpdated!': moment,
      'severity!': shape({ 'level!': one('critical', 'high', 'medium', 'low', 'unknown') }),
      identifiers: many(shape({ 'displayName!': text(), 'url!': link() }), 100),
      'status!': one('open', 'closed', 'ignored', 'unknown'),
      additionalInfo: shape({ 'content!': text(), url: link() }),
      addAssociations: associations(['issueIdOrKeys'], 1),
      removeAssociations: associations(['issueIdOrKeys'], 1),
      associationsLastUpdated: moment,
      associationsUpdateSequenceNumber: whole,
    }),
    additionalProperties: false,
  },
};

const told = {
  'schemaVersion!': version,
  'id!': text(),
  'updateSequenceNumber!': whole,
  'summary!': text(),
  'description!': text(5000),
  'url!': link(),
  'createdDate!': moment,
  'lastUpdated!': moment,
  associations: associations(['issueIdOrKeys', SERVICES, 'ati:cloud:compass:event-source'], 100, 1),
};

export const INCIDENT: Kind = {
  kind: 'incident',
  list: 'incidents',
  max: 1000,
  idOf: byId,
  sequence: 'updateSequenceNumber',
  form: {
    ...shape({
      ...told,
      'affectedComponents!': many({ type: 'string' }, 100),
      severity: shape({ 'level!': one('P1', 'P2', 'P3', 'P4', 'P5', 'unknown') }),
      'status!': one('open', 'resolved', 'unknown'),
    }),
    additionalProperties: false,
  },
};

export const REVIEW: Kind = {
  kind: 'review',
  list: 'reviews',
  max: 1000,
  idOf: byId,
  sequence: 'updateSequenceNumber',
  form: {
    ...shape({
      ...told,
      'reviews!': many({ type: 'string' }, 100),
      'status!': one('in progress', 'outstanding actions', 'completed', 'unknown'),
    }),
    additionalProperties: false,
  },
};

const componentTypes = [
  ...['Service', 'Application', 'Library', 'Capability', 'Cloud resource', 'Data pipeline'],
  ...['Machine learning model', 'UI element', 'Website', 'Other'],
];

export const COMPONENT: Kind = {
  kind: 'component',
  list: 'devopsComponents',
  max: 1000,
  idOf: byId,
  sequence: 'updateSequenceNumber',
  form: {
    ...shape({
      'schemaVersion!': version,
      'id!': text(),
      'updateSequenceNumber!': whole,
      'name!': text(),
      providerName: text(),
      'description!': text(5000),
      'url!': link(),
      'avatarUrl!': link(),
      'tier!': one('Tier 1', 'Tier 2', 'Tier 3', 'Tier 4'),
      'componentType!': one(...componentTypes),
      'lastUpdated!': moment,
    }),
    additionalProperties: false,
  },
};
