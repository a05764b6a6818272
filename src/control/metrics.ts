/** `/metrics`: what the meter counted, as Prometheus text. The client library is loaded at the first scrape. */
import { BUCKETS_MS, type Meter } from '../meter.ts';
import type { Registry } from '../registry.ts';
import { wallNow } from '../wall.ts';
import type { ControlOptions } from './route.ts';

/** The text and its media type. */
export async function metricsText(
  registry: Registry,
  options: ControlOptions,
): Promise<{ text: string; type: string }> {
  const { Counter, Gauge, Registry: Metrics } = await import('prom-client');
  const metrics = new Metrics();
  const registers = [metrics];
  const { meter } = registry;
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers }).set(value);
  gauge('orrery_universes', 'Universes that are open.', registry.size);
  gauge('orrery_journal_bytes', 'Bytes that all journals hold.', registry.journalBytes);
  gauge('orrery_uptime_seconds', 'Since the server began.', (wallNow() - options.startedAt) / 1_000);
  gauge('process_resident_memory_bytes', 'Resident memory.', process.memoryUsage.rss());
  const exchanges = new Counter({
    name: 'orrery_exchanges_total',
    help: 'Requests that twins answered.',
    labelNames: ['twin', 'operation', 'outcome'],
    registers,
  });
  for (const [twin, operations] of meter.exchanges)
    for (const [operation, outcomes] of operations)
      for (const [outcome, count] of Object.entries(outcomes))
        if (count > 0) exchanges.inc({ twin, operation, outcome }, count);
  const deliveries = new Counter({
    name: 'orrery_deliveries_total',
    help: 'Attempts to deliver events to programs.',
    labelNames: ['twin', 'outcome'],
    registers,
  });
  for (const [twin, outcomes] of meter.deliveries)
    for (const [outcome, count] of outcomes) deliveries.inc({ twin, outcome }, count);
  const faults = new Counter({
    name: 'orrery_faults_hit_total',
    help: 'Times that a fault acted.',
    labelNames: ['kind'],
    registers,
  });
  for (const [kind, count] of meter.faults) faults.inc({ kind }, count);
  const parts = [await metrics.metrics(), latencyText(meter), (await options.serverMetrics?.()) ?? ''];
  return { text: parts.filter(Boolean).join('\n'), type: metrics.contentType };
}

/** The library's histograms take observations one by one; these were counted in buckets already. */
function latencyText(meter: Meter): string {
  const name = 'orrery_exchange_seconds';
  const lines = [`# HELP ${name} How long twins took to answer.`, `# TYPE ${name} histogram`];
  for (const [twin, { counts, sumMs }] of meter.latencies) {
    let sum = 0;
    counts.forEach((count, i) => {
      sum += count;
      const bound = BUCKETS_MS[i];
      lines.push(
        `${name}_bucket{twin="${twin}",le="${bound === undefined ? '+Inf' : bound / 1_000}"} ${sum}`,
      );
    });
    lines.push(`${name}_sum{twin="${twin}"} ${sumMs / 1_000}`, `${name}_count{twin="${twin}"} ${sum}`);
  }
  return `${lines.join('\n')}\n`;
}
