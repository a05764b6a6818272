/**
 * Requests about data sources (BigQuery, Looker). There is none to connect to, so adding one is a gap. What names one
 * is refused as for any that is not there; what means all of them finds none.
 */
import { type Job, maskOf, refuse } from './job.ts';

interface DataSource {
  dataSourceId?: string;
}

export function updateDataSourceRequest(
  job: Job,
  { dataSource = {}, fields }: { dataSource?: DataSource; fields?: string },
): never {
  maskOf(job, fields);
  throw unknown(job, dataSource.dataSourceId);
}

export function deleteDataSourceRequest(job: Job, { dataSourceId }: DataSource): never {
  throw unknown(job, dataSourceId);
}

interface RefreshInput {
  dataSourceId?: string;
  isAll?: boolean;
  references?: { references?: object[] };
}

/** Of nothing there is nothing to say. */
export function refreshDataSourceRequest(job: Job, input: RefreshInput): object {
  return noneOf(job, input);
}

export function cancelDataSourceRefreshRequest(job: Job, input: RefreshInput): object {
  return noneOf(job, input);
}

function noneOf(job: Job, { dataSourceId, isAll, references }: RefreshInput): object {
  if (isAll) return {};
  if (dataSourceId !== undefined) throw unknown(job, dataSourceId);
  if ((references?.references ?? []).length > 0) throw refuse(job, 'No data source object at the reference.');
  throw refuse(job, 'Must specify what to refresh: references, a data source, or all.');
}

const unknown = (job: Job, id: string = ''): Error => refuse(job, `No data source with id: ${id}`);
