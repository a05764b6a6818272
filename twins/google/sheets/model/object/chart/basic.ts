/** Bar, line, area, column, scatter, combo and stepped area charts. */
import type { ChartData } from '../../../world/objects.ts';
import { type Job, refuse } from '../../batch/job.ts';
import { needed } from './data.ts';

interface DataLabel {
  type?: string;
  placement?: string;
  customLabelData?: ChartData;
}

interface Series {
  series?: ChartData;
  targetAxis?: string;
  type?: string;
  lineStyle?: object;
  pointStyle?: object;
  dataLabel?: DataLabel;
  styleOverrides?: { index?: number; pointStyle?: object }[];
}

interface Axis {
  position?: string;
  format?: object;
  viewWindowOptions?: { viewWindowMin?: number; viewWindowMax?: number };
}

interface BasicChart {
  chartType?: string;
  axis?: Axis[];
  domains?: { domain?: ChartData }[];
  series?: Series[];
  stackedType?: string;
  threeDimensional?: boolean;
  totalDataLabel?: DataLabel;
  headerCount?: number;
}

const STACKABLE = new Set(['AREA', 'BAR', 'COLUMN', 'COMBO', 'STEPPED_AREA']);
const STACKED = new Set(['STACKED', 'PERCENT_STACKED']);
const COMBINED = new Set(['LINE', 'AREA', 'COLUMN']);
const LINED = new Set(['AREA', 'LINE', 'SCATTER']);

export function basicChart(job: Job, chart: BasicChart): (ChartData | undefined)[] {
  const { chartType, domains = [], series = [], headerCount = 0 } = chart;
  if (unset(chartType)) throw refuse(job, 'basicChart.chartType is required.');
  if (series.length === 0) throw refuse(job, 'A basic chart must have at least one series.');
  if (domains.length > 1) throw refuse(job, 'Only a single domain is supported.');
  if (headerCount < 0) throw refuse(job, 'headerCount must not be negative.');
  checkAxes(job, chart.axis ?? []);
  checkStacking(job, chart);
  for (const one of series) checkSeries(job, chartType ?? '', one);
  return [
    ...domains.map(({ domain }) => needed(job, domain, 'domain')),
    ...series.map((one) => needed(job, one.series, 'series')),
    ...series.flatMap((one) => (one.dataLabel?.customLabelData ? [one.dataLabel.customLabelData] : [])),
  ];
}

function checkAxes(job: Job, axes: readonly Axis[]): void {
  const taken = new Set<string>();
  for (const { position, viewWindowOptions = {} } of axes) {
    if (unset(position)) throw refuse(job, 'axis.position is required.');
    if (taken.has(position ?? '')) throw refuse(job, `There is more than one axis at position ${position}.`);
    taken.add(position ?? '');
    const { viewWindowMin, viewWindowMax } = viewWindowOptions;
    if (viewWindowMin !== undefined && viewWindowMax !== undefined && viewWindowMin >= viewWindowMax)
      throw refuse(job, 'viewWindowMin must be less than viewWindowMax.');
  }
}

function checkStacking(
  job: Job,
  { chartType = '', stackedType = '', threeDimensional, totalDataLabel }: BasicChart,
): void {
  if (STACKED.has(stackedType) && !STACKABLE.has(chartType))
    throw refuse(job, `stackedType ${stackedType} is not supported for charts of type ${chartType}.`);
  if (threeDimensional && chartType !== 'BAR' && chartType !== 'COLUMN')
    throw refuse(job, `threeDimensional is not supported for charts of type ${chartType}.`);
  if (totalDataLabel && !(STACKED.has(stackedType) && STACKABLE.has(chartType)))
    throw refuse(job, 'totalDataLabel can only be set for stacked charts.');
}

function checkSeries(job: Job, chartType: string, series: Series): void {
  const { type, lineStyle, pointStyle, dataLabel } = series;
  // Programs say the chart's own type again.
  if (!unset(type) && chartType !== 'COMBO' && type !== chartType)
    throw refuse(job, 'series.type is only valid if the chartType is COMBO.');
  if (!unset(type) && chartType === 'COMBO' && !COMBINED.has(type ?? ''))
    throw refuse(job, `series.type ${type} is not supported; only LINE, AREA, and COLUMN are.`);
  const drawn = chartType === 'COMBO' ? (type ?? 'LINE') : chartType;
  if ((lineStyle || pointStyle) && !LINED.has(drawn))
    throw refuse(job, `lineStyle and pointStyle are not supported for series of type ${drawn}.`);
  if (dataLabel?.type === 'CUSTOM' && !dataLabel.customLabelData)
    throw refuse(job, 'customLabelData is required for data labels of type CUSTOM.');
}

const unset = (value: string | undefined): boolean => !value || value.endsWith('_UNSPECIFIED');

/** Axes have a font and a window, series an axis, whether they were said or not. */
export function basicDefaults(chart: BasicChart, fontFamily: string): BasicChart {
  const { axis, series, chartType } = chart;
  return {
    ...chart,
    ...(axis
      ? {
          axis: axis.map((one) => ({
            ...one,
            format: { fontFamily, ...one.format },
            viewWindowOptions: one.viewWindowOptions ?? {},
          })),
        }
      : {}),
    series: (series ?? []).map((one) => ({
      ...one,
      targetAxis: unset(one.targetAxis)
        ? chartType === 'BAR'
          ? 'BOTTOM_AXIS'
          : 'LEFT_AXIS'
        : one.targetAxis,
    })),
  };
}
