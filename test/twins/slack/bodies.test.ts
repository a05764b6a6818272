import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { current, hasSpecs, spec } from './specs.ts';
import { stories } from './stories/all.ts';
import { type Answer, openTeller } from './stories/teller.ts';

type Keys = Readonly<Record<string, unknown>>;

/** Each method's answers in the stories. */
const answers = new Map<string, Answer[]>();

describe.skipIf(!hasSpecs)('what methods answer', () => {
  for (const { says, tell } of stories)
    it(`comes of stories: ${says}`, async () => {
      await tell(
        await openTeller(({ method, answer }) =>
          answers.set(method, [...(answers.get(method) ?? []), answer]),
        ),
      );
    });

  it('is as the description says, or as Slack has it since', () => {
    expect([...answers].flatMap(([method, given]) => breaches(method, given))).toEqual([]);
  });

  it('has no key that no sample of the SDKs has', () => {
    const strange = [...answers].flatMap(([method, given]) => given.flatMap((one) => unknown(one, method)));
    expect([...new Set(strange)].filter((one) => !KNOWN_OTHERWISE.has(one))).toEqual([]);
  });

  it('lacks no key at its top that the SDKs’ sample has', () => {
    const lacking = [...answers].flatMap(([method, given]) =>
      Object.keys(samples[method] ?? {})
        .filter((key) => !ENVELOPE.has(key) && !given.some((one) => key in one))
        .map((key) => `${method} ${key}`),
    );
    expect(lacking.filter((one) => !LACKING[one])).toEqual([]);
  });

  it('was asked for of every method that there is today', () => {
    expect(current.filter((one) => !answers.has(one))).toEqual([]);
  });

  afterAll(() => answers.clear());
});

interface Description {
  paths: Readonly<Record<string, Keys>>;
}
const description = hasSpecs ? spec<Description>('slack_web_openapi_v2.json') : { paths: {} };
const samples = hasSpecs ? spec<Record<string, Keys>>('response-samples.json') : {};
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
ajv.addSchema(description, 'slack');

/** Where answers break the description, each breach once. */
function breaches(method: string, given: readonly Answer[]): string[] {
  const [verb] = Object.keys(description.paths[`/${method}`] ?? {});
  if (!verb) return [];
  const valid = ajv.compile({ $ref: `slack#/paths/~1${method}/${verb}/responses/200/schema` });
  const all = new Set<string>();
  for (const one of given) {
    if (valid(one)) continue;
    for (const { instancePath, keyword, message, params } of valid.errors ?? []) {
      const more = String(params.additionalProperty ?? '');
      if (keyword === 'additionalProperties' && isKnown(more)) continue;
      all.add(`${method} ${instancePath.replace(/\/\d+/g, '')} ${message}${more && ` (${more})`}`);
    }
  }
  return [...all].filter((one) => !CONTRADICTED[one]);
}

/** Keys of the samples, whatever method they are of: the description is of 2021, they are of this year. */
const known = new Set<string>();
const note = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) known.add(key);
    note(inner);
  }
};
note(samples);

const isKnown = (key: string): boolean => known.has(key) || /^[A-Z][A-Z0-9]{8,}$/.test(key);

/** Under these stands what a program or a person has named. */
const FREE = new Set(['emoji', 'event_payload', 'values', 'args', 'manifest', 'fields', 'item', 'items']);

/** Keys of an answer that no sample has, `method path`. */
function unknown(value: unknown, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => unknown(one, at));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(isKnown(key) ? [] : [`${at}.${key}`]),
    ...(FREE.has(key) ? [] : unknown(inner, `${at}.${key}`)),
  ]);
}

/** The samples are of any answer: these come with refusals or by the way of calling. */
const ENVELOPE = new Set([
  'error',
  'errors',
  'detail',
  'needed',
  'provided',
  'warning',
  'response_metadata',
  'arg',
]);

/** What the description has otherwise than the real service, and where that is seen. */
const CONTRADICTED: Readonly<Record<string, string>> = {};

/** What no sample has and the real service has, and where that is seen. */
const KNOWN_OTHERWISE = new Set<string>();

/** What a sample has of other cases. */
const LACKING: Readonly<Record<string, string>> = {};
