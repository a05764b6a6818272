/** Labels on files. https://developers.google.com/workspace/drive/api/guides/about-labels */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import type { GoogleActor } from '../../actor.ts';
import { LABELS_PAGE_MAX } from '../../limits.ts';
import { list as array, flag, message, text } from '../../schema.ts';
import type { Viewer } from '../model/access.ts';
import { type LabelModification, labelsNamed, labelsOf, modifyLabels } from '../model/label/apply.ts';
import { type FileLabel, labelDefinitions } from '../world/label.ts';
import type { FileRow } from '../world.ts';
import { userView } from './sharingView.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/files';
const READ = [
  'drive',
  'drive.file',
  'drive.meet.readonly',
  'drive.metadata',
  'drive.metadata.readonly',
  'drive.readonly',
];

const texts = array(text, 1_000);
const BODY = message({
  labelModifications: array(
    message({
      labelId: text,
      removeLabel: flag,
      fieldModifications: array(
        message({
          fieldId: text,
          unsetValues: flag,
          setTextValues: texts,
          setIntegerValues: texts,
          setDateValues: texts,
          setSelectionValues: texts,
          setUserValues: texts,
        }),
        1_000,
      ),
    }),
    100,
  ),
});

/** The endpoints of one version of the API, under its path of files. */
export const labelEndpoints = (
  path: string,
  items: 'labels' | 'items' = 'labels',
  api: string = 'drive',
): readonly Endpoint[] => [
  endpoint<GoogleActor, string>(
    {
      id: `${api}.files.listLabels`,
      route: `GET ${path}/{fileId}/listLabels`,
      scopes: READ,
      tier: 'drive',
      page: { style: 'drive', key: items, default: LABELS_PAGE_MAX, max: LABELS_PAGE_MAX },
      traits: { pageSize: 'maxResults' },
      doc: `${DOC}/listLabels`,
    },
    (call) =>
      list(
        labelsOf(call.world, driveViewer(call), fileId(call)),
        (row) => labelView(call.world, driveViewer(call), row),
        {
          kind: 'drive#labelList',
        },
      ),
  ),
  endpoint<GoogleActor, string>(
    {
      id: `${api}.files.modifyLabels`,
      route: `POST ${path}/{fileId}/modifyLabels`,
      input: BODY,
      scopes: ['drive', 'drive.file', 'drive.metadata'],
      tier: 'drive',
      doc: `${DOC}/modifyLabels`,
    },
    (call) => {
      const { labelModifications = [] } = (call.input ?? {}) as { labelModifications?: LabelModification[] };
      const changed = modifyLabels(call.world, driveViewer(call), fileId(call), labelModifications);
      return {
        kind: 'drive#modifyLabelsResponse',
        modifiedLabels: changed.map((row) => labelView(call.world, driveViewer(call), row)),
      };
    },
  ),
];

const fileId = ({ params }: Call): string => params.fileId ?? '';

/** `labelInfo` of a file, for the labels that `includeLabels` names; nothing where it names none. */
export function labelInfo(
  call: Pick<Call, 'query' | 'world'>,
  viewer: Viewer,
  file: FileRow,
): Record<string, unknown> {
  const asked = call.query.get('includeLabels')?.split(',').filter(Boolean);
  if (!asked) return {};
  const labels = labelsNamed(call.world, file, asked).map((row) => labelView(call.world, viewer, row));
  return { labelInfo: { labels } };
}

function labelView(world: World, viewer: Viewer, row: FileLabel): Record<string, unknown> {
  const definition = world.get(labelDefinitions, row.labelId);
  const fields = (definition?.fields ?? []).flatMap(({ id, type }) => {
    const values = row.values[id];
    if (!values) return [];
    const shown = type === 'user' ? values.map((email) => userView(world, viewer, email)) : values;
    return [[id, { kind: 'drive#labelField', id, valueType: type, [type]: shown }]];
  });
  return {
    kind: 'drive#label',
    id: row.labelId,
    revisionId: row.revisionId,
    fields: Object.fromEntries(fields),
  };
}
