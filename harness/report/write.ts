/** Writes a run's reports into its directory. */
import type { RunDirectory, RunDocument } from '../directory.ts';
import { reportHtml } from './html.ts';
import { junitXml } from './junit.ts';
import { summaryMarkdown } from './summary.ts';

/** `report.html`, `junit.xml` and `summary.md`, beside `run.json`. */
export function writeReports(run: RunDocument, directory: RunDirectory): void {
  directory.file('report.html', reportHtml(run, directory.trials, directory.path));
  directory.file('junit.xml', junitXml(run, directory.trials));
  directory.file('summary.md', summaryMarkdown(run, directory.trials));
}
