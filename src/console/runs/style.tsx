/** The link to what the runs' pages add to the style sheet. */
export const RUNS_STYLE_PATH = '/console/runs.css';

/** Stands first on each page of the runs. */
export function RunsStyle() {
  return <link rel="stylesheet" href={RUNS_STYLE_PATH} />;
}
