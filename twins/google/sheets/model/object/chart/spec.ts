/**
 * What a chart's specification must have, kind by kind; and it as the service gives it back, defaults filled in.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/charts#ChartSpec
 */
import type { ChartData, ChartSpec } from '../../../world/objects.ts';
import { type Job, refuse } from '../../batch/job.ts';
import { withColors } from '../../color.ts';
import { spoken } from '../spoken.ts';
import { basicChart, basicDefaults } from './basic.ts';
import { checkData } from './data.ts';
import {
  bubbleChart,
  candlestickChart,
  histogramChart,
  orgChart,
  pieChart,
  scorecardChart,
  treemapChart,
  waterfallChart,
} from './kinds.ts';

/** Checks one kind's members; gives the data that goes together: the domain, if there is one, and the series. */
export type ChartKind = (job: Job, chart: never) => (ChartData | undefined)[];

const KINDS: Readonly<Record<string, ChartKind>> = {
  basicChart,
  pieChart,
  bubbleChart,
  candlestickChart,
  orgChart,
  histogramChart,
  waterfallChart,
  treemapChart,
  scorecardChart,
};

const FONT = 'Roboto';

/** The specification to be kept. Throws 400 for one without a kind, and for data that does not go together. */
export function checkedSpec(job: Job, spec: ChartSpec | undefined): ChartSpec {
  const kind = Object.keys(KINDS).find((name) => spec?.[name] !== undefined);
  if (!spec || !kind) throw refuse(job, 'No chart type specified.');
  if (spec.dataSourceChartProperties) {
    const { dataSourceId } = spec.dataSourceChartProperties as { dataSourceId?: string };
    throw refuse(job, `No data source with id: ${dataSourceId ?? ''}`);
  }
  for (const name of ['sortSpecs', 'filterSpecs'])
    if (Array.isArray(spec[name]) && spec[name].length > 0)
      throw refuse(job, `${name} are only supported for data source charts.`);
  const data = KINDS[kind]?.(job, spec[kind] as never) ?? [];
  checkData(
    job,
    data.filter((one) => one !== undefined),
  );
  return withColors(spoken(filled(spec, kind)));
}

function filled(spec: ChartSpec, kind: string): ChartSpec {
  const { fontName = FONT, hiddenDimensionStrategy } = spec;
  const strategy =
    hiddenDimensionStrategy && !hiddenDimensionStrategy.endsWith('UNSPECIFIED')
      ? hiddenDimensionStrategy
      : 'SKIP_HIDDEN_ROWS_AND_COLUMNS';
  const titled = (format: string) => ({ [format]: { fontFamily: fontName, ...(spec[format] as object) } });
  return {
    ...spec,
    ...(kind === 'basicChart'
      ? { basicChart: basicDefaults(spec.basicChart as never, String(fontName)) }
      : {}),
    hiddenDimensionStrategy: strategy,
    ...(spec.title ? titled('titleTextFormat') : {}),
    ...(spec.subtitle ? titled('subtitleTextFormat') : {}),
    fontName,
  };
}
