/** Charts besides the basic ones: what each kind needs, and which of its data goes together. */
import type { ChartData } from '../../../world/objects.ts';
import { type Job, refuse } from '../../batch/job.ts';
import { needed } from './data.ts';

type Together = (ChartData | undefined)[];

interface PieChart {
  domain?: ChartData;
  series?: ChartData;
  pieHole?: number;
}

export function pieChart(job: Job, { domain, series, pieHole = 0 }: PieChart): Together {
  if (pieHole < 0 || pieHole > 1) throw refuse(job, 'pieHole must be between 0 and 1.');
  return [needed(job, domain, 'pieChart.domain'), needed(job, series, 'pieChart.series')];
}

interface BubbleChart {
  bubbleLabels?: ChartData;
  domain?: ChartData;
  series?: ChartData;
  groupIds?: ChartData;
  bubbleSizes?: ChartData;
  bubbleOpacity?: number;
  bubbleMaxRadiusSize?: number;
  bubbleMinRadiusSize?: number;
}

export function bubbleChart(job: Job, chart: BubbleChart): Together {
  const {
    bubbleOpacity = 0,
    bubbleSizes,
    groupIds,
    bubbleMaxRadiusSize: most,
    bubbleMinRadiusSize: least,
  } = chart;
  if (bubbleSizes && !groupIds)
    throw refuse(job, 'If bubbleSizes is specified, groupIds must also be specified.');
  if (bubbleOpacity < 0 || bubbleOpacity > 1) throw refuse(job, 'bubbleOpacity must be between 0 and 1.');
  for (const size of [most, least])
    if (size !== undefined && size <= 0) throw refuse(job, 'The radius size of bubbles must be positive.');
  return [
    needed(job, chart.domain, 'bubbleChart.domain'),
    needed(job, chart.series, 'bubbleChart.series'),
    chart.bubbleLabels,
    groupIds,
    bubbleSizes,
  ];
}

interface CandlestickChart {
  domain?: { data?: ChartData };
  data?: Record<
    'lowSeries' | 'openSeries' | 'closeSeries' | 'highSeries',
    { data?: ChartData } | undefined
  >[];
}

export function candlestickChart(job: Job, { domain, data = [] }: CandlestickChart): Together {
  const [candles] = data;
  if (!candles || data.length > 1) throw refuse(job, 'Exactly one CandlestickData must be specified.');
  return [
    needed(job, domain?.data, 'candlestickChart.domain'),
    ...(['lowSeries', 'openSeries', 'closeSeries', 'highSeries'] as const).map((name) =>
      needed(job, candles[name]?.data, name),
    ),
  ];
}

interface OrgChart {
  labels?: ChartData;
  parentLabels?: ChartData;
  tooltips?: ChartData;
}

export const orgChart = (job: Job, { labels, parentLabels, tooltips }: OrgChart): Together => [
  needed(job, labels, 'orgChart.labels'),
  parentLabels,
  tooltips,
];

interface HistogramChart {
  series?: { data?: ChartData }[];
  bucketSize?: number;
  outlierPercentile?: number;
}

export function histogramChart(job: Job, chart: HistogramChart): Together {
  const { series = [], bucketSize, outlierPercentile = 0 } = chart;
  if (series.length === 0) throw refuse(job, 'A histogram chart must have at least one series.');
  if (bucketSize !== undefined && bucketSize <= 0) throw refuse(job, 'bucketSize must be positive.');
  if (outlierPercentile < 0 || outlierPercentile > 0.5)
    throw refuse(job, 'outlierPercentile must be between 0 and 0.5.');
  return series.map(({ data }) => needed(job, data, 'series.data'));
}

interface WaterfallChart {
  domain?: { data?: ChartData };
  series?: { data?: ChartData; customSubtotals?: { subtotalIndex?: number }[] }[];
  stackedType?: string;
  totalDataLabel?: object;
}

export function waterfallChart(
  job: Job,
  { domain, series = [], stackedType, totalDataLabel }: WaterfallChart,
): Together {
  if (series.length === 0) throw refuse(job, 'A waterfall chart must have at least one series.');
  if (totalDataLabel && stackedType !== 'STACKED')
    throw refuse(job, 'totalDataLabel can only be set if the stackedType is STACKED.');
  for (const { customSubtotals = [] } of series) {
    const indexes = customSubtotals.map(({ subtotalIndex = 0 }) => subtotalIndex);
    if (new Set(indexes).size < indexes.length)
      throw refuse(job, 'Only one subtotal may be defined for each data point.');
  }
  return [
    needed(job, domain?.data, 'waterfallChart.domain'),
    ...series.map(({ data }) => needed(job, data, 'series.data')),
  ];
}

interface TreemapChart {
  labels?: ChartData;
  parentLabels?: ChartData;
  sizeData?: ChartData;
  colorData?: ChartData;
  minValue?: number;
  maxValue?: number;
}

export function treemapChart(job: Job, chart: TreemapChart): Together {
  const { minValue, maxValue } = chart;
  if (minValue !== undefined && maxValue !== undefined && minValue > maxValue)
    throw refuse(job, 'minValue must not be greater than maxValue.');
  return [
    needed(job, chart.labels, 'treemapChart.labels'),
    needed(job, chart.parentLabels, 'treemapChart.parentLabels'),
    needed(job, chart.sizeData, 'treemapChart.sizeData'),
    chart.colorData,
  ];
}

interface ScorecardChart {
  keyValueData?: ChartData;
  baselineValueData?: ChartData;
  baselineValueFormat?: object;
  scaleFactor?: number;
}

export function scorecardChart(job: Job, chart: ScorecardChart): Together {
  const { keyValueData, baselineValueData, baselineValueFormat, scaleFactor } = chart;
  if (baselineValueFormat && !baselineValueData)
    throw refuse(job, 'baselineValueFormat needs baselineValueData to be specified.');
  if (scaleFactor !== undefined && scaleFactor <= 0) throw refuse(job, 'scaleFactor must be positive.');
  return [needed(job, keyValueData, 'scorecardChart.keyValueData'), baselineValueData];
}
