/** What is unusual about a sign-in, by those before it. */
import type { World } from '../../../../src/world/world.ts';
import { SIGN_INS_REMEMBERED_MAX } from '../../limits.ts';
import { behaviors, signInTraces } from '../../world/security.ts';
import { type Address, addressFacts } from './address.ts';
import type { Behavior } from './behavior.ts';

/** The sign-ins of a user that succeeded, the newest first. */
export interface SignInTrace {
  userId: string;
  signIns: readonly { at: number; ip: string; userAgent: string }[];
}

/** From where and by what program somebody signs in. */
interface From {
  ipAddress: string;
  userAgent: string;
}

/** NEGATIVE: as before. UNKNOWN: too little is known to say. */
export type BehaviorResult = 'POSITIVE' | 'NEGATIVE' | 'UNKNOWN';

/** Ids of the behaviours that a sign-in of a user from there shows. */
export const behaviorsShown = (world: World, userId: string, from: From): string[] =>
  judged(world, userId, from).flatMap(([{ id }, result]) => (result === 'POSITIVE' ? [id] : []));

/** How the System Log tells of them: `{New City=NEGATIVE, New Device=POSITIVE}`. */
export const behaviorsText = (world: World, userId: string, from: From): string =>
  `{${judged(world, userId, from)
    .map(([{ name }, result]) => `${name}=${result}`)
    .join(', ')}}`;

/** Remembers a sign-in that succeeded. */
export function rememberSignIn(world: World, userId: string, { ipAddress, userAgent }: From): void {
  const before = world.get(signInTraces, userId)?.signIns ?? [];
  const signIns = [{ at: world.now(), ip: ipAddress, userAgent }, ...before].slice(
    0,
    SIGN_INS_REMEMBERED_MAX,
  );
  world.put(signInTraces, { userId, signIns });
}

/** Each behaviour that is on, by name. https://help.okta.com/oie/en-us/content/topics/security/behavior-detection/ */
function judged(world: World, userId: string, from: From): [Behavior, BehaviorResult][] {
  const { signIns = [] } = world.get(signInTraces, userId) ?? {};
  return world
    .list(behaviors, { where: (one) => one.status === 'ACTIVE', orderBy: [{ by: (one) => one.name }] })
    .toArray()
    .map((one) => [one, judge(world, one, signIns, from)]);
}

function judge(
  world: World,
  { type, settings }: Behavior,
  signIns: SignInTrace['signIns'],
  from: From,
): BehaviorResult {
  const { minEventsNeededForEvaluation: least = 0, maxEventsUsedForEvaluation: most = 20 } = settings as {
    minEventsNeededForEvaluation?: number;
    maxEventsUsedForEvaluation?: number;
  };
  const here = addressFacts(world, from.ipAddress);
  if (type === 'VELOCITY') return velocity(world, here, signIns[0], Number(settings.velocityKph));
  if (signIns.length < least) return 'UNKNOWN';
  const before = signIns.slice(0, most);
  if (type === 'ANOMALOUS_DEVICE') return found(before.some((one) => one.userAgent === from.userAgent));
  if (type === 'ANOMALOUS_IP') return found(before.some((one) => one.ip === from.ipAddress));
  const isNear = NEAR[String(settings.granularity)];
  if (!isNear || here.country === undefined) return 'UNKNOWN';
  const radius = Number(settings.radiusKilometers ?? 0);
  return found(before.some(({ ip }) => isNear(here, addressFacts(world, ip), radius)));
}

const found = (before: boolean): BehaviorResult => (before ? 'NEGATIVE' : 'POSITIVE');

const NEAR: Readonly<Record<string, (a: Address, b: Address, radiusKm: number) => boolean>> = {
  COUNTRY: (a, b) => a.country === b.country,
  SUBDIVISION: (a, b) => a.country === b.country && a.region === b.region,
  CITY: (a, b) => a.country === b.country && a.region === b.region && a.city === b.city,
  LAT_LONG: (a, b, radiusKm) => (distanceKm(a, b) ?? Number.POSITIVE_INFINITY) <= radiusKm,
};

/** Nobody travels faster than this from where they signed in last. */
function velocity(
  world: World,
  here: Address,
  last: SignInTrace['signIns'][number] | undefined,
  mostKph: number,
): BehaviorResult {
  const km = last && distanceKm(here, addressFacts(world, last.ip));
  if (!last || km === undefined) return 'UNKNOWN';
  const hours = (world.now() - last.at) / MS_PER_HOUR;
  return found(km <= mostKph * hours);
}

const MS_PER_HOUR = 3_600_000;
const EARTH_RADIUS_KM = 6_371;

/** Along a great circle; undefined where one of the places has no coordinates. */
function distanceKm(a: Address, b: Address): number | undefined {
  if ([a.latitude, a.longitude, b.latitude, b.longitude].includes(undefined)) return undefined;
  const rad = (degrees: number | undefined) => ((degrees ?? 0) * Math.PI) / 180;
  const [lat1, lat2] = [rad(a.latitude), rad(b.latitude)];
  const half =
    Math.sin((lat2 - lat1) / 2) ** 2 +
    Math.cos(lat1) * Math.cos(lat2) * Math.sin((rad(b.longitude) - rad(a.longitude)) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half));
}
