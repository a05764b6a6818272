/** Builds that tools of continuous integration tell of. */
import { BUILD } from '../model/devops/kinds.ts';
import { familyEndpoints, messages } from './devops.ts';

type Json = Readonly<Record<string, unknown>>;

const keyOf = ({ pipelineId, buildNumber }: Json) => ({ pipelineId, buildNumber });

export const buildEndpoints = familyEndpoints({
  root: 'builds/0.1',
  group: 'builds',
  submits: 'submitBuilds',
  deletesByProperty: 'deleteBuildsByProperty',
  kinds: [BUILD],
  parts: [
    {
      kind: 'build',
      path: 'pipelines/{pipelineId}/builds/{buildNumber}',
      gets: 'getBuildByKey',
      deletes: 'deleteBuildByKey',
    },
  ],
  answer: ({ accepted, rejected, ...unknown }) => ({
    acceptedBuilds: accepted.map(keyOf),
    rejectedBuilds: rejected.map(({ data, errors }) => ({ key: keyOf(data), errors: messages(errors) })),
    ...unknown,
  }),
});
