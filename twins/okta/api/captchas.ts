/** `/api/v1/captchas` and `/api/v1/org/captcha`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type Captcha,
  type CaptchaInput,
  clearOrgCaptcha,
  createCaptcha,
  deleteCaptcha,
  findCaptcha,
  type OrgCaptcha,
  orgCaptcha,
  setOrgCaptcha,
  updateCaptcha,
} from '../model/guard/captcha.ts';
import { captchas } from '../world.ts';

const { read, manage } = family('CAPTCHA', 'captchas', 'other');
const ALL = '/api/v1/captchas';
const ONE = `${ALL}/{captchaId}` as const;
const ORG = '/api/v1/org/captcha';

export const captchaEndpoints = [
  endpoint({ id: 'listCaptchaInstances', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(captchas)
      .toArray()
      .map((one) => captchaView(world, one)),
  ),
  endpoint(
    { id: 'createCaptchaInstance', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, actor, input }) => captchaView(world, createCaptcha(world, actor.who, input as CaptchaInput)),
  ),
  endpoint({ id: 'getCaptchaInstance', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    captchaView(world, findCaptcha(world, params.captchaId)),
  ),
  endpoint(
    { id: 'updateCaptchaInstance', route: `POST ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      captchaView(world, updateCaptcha(world, actor.who, params.captchaId, input as CaptchaInput, 'merge')),
  ),
  endpoint(
    { id: 'replaceCaptchaInstance', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      captchaView(world, updateCaptcha(world, actor.who, params.captchaId, input as CaptchaInput, 'replace')),
  ),
  endpoint(
    { id: 'deleteCaptchaInstance', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteCaptcha(world, actor.who, params.captchaId),
  ),
  endpoint({ id: 'getOrgCaptchaSettings', route: `GET ${ORG}`, ...read }, ({ world }) =>
    orgCaptchaView(world, orgCaptcha(world)),
  ),
  endpoint({ id: 'replacesOrgCaptchaSettings', route: `PUT ${ORG}`, ...manage }, ({ world, actor, input }) =>
    orgCaptchaView(world, setOrgCaptcha(world, actor.who, input as Partial<OrgCaptcha>)),
  ),
  endpoint(
    { id: 'deleteOrgCaptchaSettings', route: `DELETE ${ORG}`, ...manage, status: 204 },
    ({ world, actor }) => clearOrgCaptcha(world, actor.who),
  ),
];

const selfOf = (world: World, id: string) => link(world, `${ALL}/${id}`, 'GET', 'POST', 'PUT', 'DELETE');

const captchaView = (world: World, one: Captcha): Record<string, unknown> => ({
  ...one,
  _links: { self: selfOf(world, one.id) },
});

const orgCaptchaView = (world: World, setting: OrgCaptcha): Record<string, unknown> => ({
  ...setting,
  _links: {
    ...(setting.captchaId ? { captcha: selfOf(world, setting.captchaId) } : {}),
    self: link(world, ORG, 'GET', 'PUT'),
  },
});
