/** CAPTCHAs: one instance per org, and the pages that ask for it. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { captchas, orgCaptchas } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** An instance in the vendor's shape, less links; its secret key is taken and not kept, as nothing here uses it. */
export interface Captcha {
  id: string;
  name: string;
  siteKey: string;
  type: 'HCAPTCHA' | 'RECAPTCHA_V2';
}

/** Which pages of the org ask for which instance. */
export interface OrgCaptcha {
  enabledPages: string[];
  captchaId: string | null;
}

export type CaptchaInput = Partial<Omit<Captcha, 'id'>> & { secretKey?: string };

const PAGES: ReadonlySet<string> = new Set(['SIGN_IN', 'SSR', 'SSPR']);

/** The instance with this id, or E0000007. */
export const findCaptcha = (world: World, id: string): Captcha =>
  world.require(captchas, id, () => notFound(id, 'CAPTCHAInstance'));

/** Makes the instance. Throws E0000001 for a missing field, E0000166 where there is one already. */
export function createCaptcha(world: World, who: Who, input: CaptchaInput | undefined): Captcha {
  const parts = checked(input);
  if (!input?.secretKey) throw blank('secretKey');
  if (world.list(captchas).first()) throw refuse('E0000166');
  const captcha = world.insert(captchas, { id: newId(world, 'cap'), ...parts });
  log(world, who, 'system.captcha.create', captcha);
  return captcha;
}

/** Replaces the instance (`replace`), or what is sent of it (`merge`). */
export function updateCaptcha(
  world: World,
  who: Who,
  id: string,
  input: CaptchaInput | undefined,
  how: 'merge' | 'replace',
): Captcha {
  const { id: _, ...old } = findCaptcha(world, id);
  const parts = checked(how === 'merge' && input ? { ...old, ...input } : input);
  const changed = world.update(captchas, id, parts);
  log(world, who, 'system.captcha.update', changed);
  return changed;
}

/** Removes the instance. Throws E0000168 while pages ask for it. */
export function deleteCaptcha(world: World, who: Who, id: string): void {
  const captcha = findCaptcha(world, id);
  if (orgCaptcha(world).captchaId === id) throw refuse('E0000168');
  world.remove(captchas, id);
  log(world, who, 'system.captcha.delete', captcha);
}

/** The org's setting; no page asks for anything where nobody set it. */
export const orgCaptcha = (world: World): OrgCaptcha =>
  world.get(orgCaptchas, 'org') ?? { enabledPages: [], captchaId: null };

/** Sets which pages ask. Throws E0000007 for an instance, E0000001 for a page that there is none of. */
export function setOrgCaptcha(world: World, who: Who, input: Partial<OrgCaptcha> | undefined): OrgCaptcha {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { captchaId = null, enabledPages = [] } = input;
  const captcha = captchaId === null ? undefined : findCaptcha(world, captchaId);
  if (!Array.isArray(enabledPages) || enabledPages.some((page) => !PAGES.has(page)))
    throw invalid('enabledPages', 'enabledPages: The page is not supported');
  if (!captcha && enabledPages.length > 0) throw blank('captchaId');
  if (captcha) log(world, who, 'system.org.captcha.activate', captcha);
  else turnOff(world, who);
  return world.put(orgCaptchas, { enabledPages: [...new Set(enabledPages)], captchaId });
}

/** No page asks any longer. */
export function clearOrgCaptcha(world: World, who: Who): void {
  turnOff(world, who);
  world.remove(orgCaptchas, 'org');
}

function turnOff(world: World, who: Who): void {
  const { captchaId } = orgCaptcha(world);
  if (captchaId) log(world, who, 'system.org.captcha.deactivate', findCaptcha(world, captchaId));
}

function checked(input: CaptchaInput | undefined): Omit<Captcha, 'id'> {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, siteKey, type } = input;
  if (!name) throw blank('name');
  if (!siteKey) throw blank('siteKey');
  if (type !== 'HCAPTCHA' && type !== 'RECAPTCHA_V2') throw invalid('type', 'type: The type is not valid');
  return { name, siteKey, type };
}

const log = (world: World, who: Who, eventType: string, { id, name }: Captcha): unknown =>
  recordChange(world, who, eventType, eventType.replace(/^system\./, '').replaceAll('.', ' '), {
    id,
    type: 'CAPTCHAInstance',
    name,
  });
