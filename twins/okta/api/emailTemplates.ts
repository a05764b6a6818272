/** `/api/v1/brands/{brandId}/templates/email`. */

import { Range } from '../../../src/range.ts';
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findBrand } from '../model/look/brand.ts';
import { previewOf, readerOf } from '../model/mail/emailRendering.ts';
import { emailSetting } from '../model/mail/emailSetting.ts';
import {
  createCustomization,
  customizationsOf,
  deleteCustomization,
  deleteCustomizations,
  type EmailCustomization,
  type EmailInput,
  findCustomization,
  findTemplate,
  replaceCustomization,
  TEMPLATES,
} from '../model/mail/emailTemplate.ts';
import { emailSettingView } from './emailSettings.ts';

const { read, manage } = family('CustomTemplates', 'templates', 'other');
const BASE = '/api/v1/brands/{brandId}/templates/email';
const MANY = `${BASE}/{templateName}/customizations` as const;
const ONE = `${MANY}/{customizationId}` as const;

export const emailTemplateEndpoints = [
  endpoint(
    {
      id: 'listEmailTemplates',
      route: `GET ${BASE}`,
      ...read,
      page: { style: 'link', default: 10, max: 200 },
      traits: { keeps: ['expand'], cursor: 'base64' },
    },
    ({ world, params, query }) => {
      const brand = findBrand(world, params.brandId);
      return list(templateRange(), ({ name }) => templateView(world, brand.id, name, query.get('expand')));
    },
  ),
  endpoint(
    { id: 'getEmailTemplate', route: `GET ${BASE}/{templateName}`, ...read },
    ({ world, params: { brandId, templateName }, query }) =>
      templateView(world, brandId, findTemplate(world, brandId, templateName), query.get('expand')),
  ),
  endpoint(
    {
      id: 'listEmailCustomizations',
      route: `GET ${MANY}`,
      ...read,
      page: { style: 'link', default: 10, max: 200 },
    },
    ({ world, params }) =>
      list(
        customizationsOf(world, params.brandId, params.templateName),
        (row) => customizationView(world, row),
        { sealed: true },
      ),
  ),
  endpoint(
    { id: 'createEmailCustomization', route: `POST ${MANY}`, ...manage, status: 201 },
    ({ world, actor, params, input }) =>
      customizationView(
        world,
        createCustomization(world, actor.who, params.brandId, params.templateName, input as EmailInput),
      ),
  ),
  endpoint(
    { id: 'deleteAllCustomizations', route: `DELETE ${MANY}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteCustomizations(world, actor.who, params.brandId, params.templateName),
  ),
  endpoint({ id: 'getEmailCustomization', route: `GET ${ONE}`, ...read }, ({ world, params }) => {
    const { brandId, templateName, customizationId } = params;
    return customizationView(world, findCustomization(world, brandId, templateName, customizationId));
  }),
  endpoint(
    { id: 'replaceEmailCustomization', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) => {
      const { brandId, templateName, customizationId } = params;
      return customizationView(
        world,
        replaceCustomization(world, actor.who, brandId, templateName, customizationId, input as EmailInput),
      );
    },
  ),
  endpoint(
    { id: 'deleteEmailCustomization', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      deleteCustomization(world, actor.who, params.brandId, params.templateName, params.customizationId),
  ),
  endpoint(
    { id: 'getCustomizationPreview', route: `GET ${ONE}/preview`, ...read },
    ({ world, actor, params }) => {
      const { brandId, templateName, customizationId } = params;
      const row = findCustomization(world, brandId, templateName, customizationId);
      const path = pathOf(brandId, row.template);
      return {
        ...previewOf(world, brandId, readerOf(world, actor.who), row),
        _links: {
          template: link(world, path, 'GET'),
          self: link(world, `${path}/customizations/${row.id}/preview`, 'GET'),
          test: link(world, `${path}/test`, 'POST'),
        },
      };
    },
  ),
];

const pathOf = (brandId: string, template: string): string =>
  `/api/v1/brands/${brandId}/templates/email/${template}`;

/** The templates in their own order; a position is a place in it. */
const templateRange = () =>
  new Range<{ name: string }>({
    *scan(after) {
      const from = after === undefined ? 0 : TEMPLATES.indexOf(after) + 1;
      for (const name of TEMPLATES.slice(from)) yield [name, { name }] as const;
    },
  });

/** What a template shows embedded when it is asked to. */
const EMBEDDED: Readonly<Record<string, (world: World, brandId: string, name: string) => unknown>> = {
  settings: (world, brandId, name) => emailSettingView(world, emailSetting(world, brandId, name)),
  customizationCount: (world, brandId, name) => customizationsOf(world, brandId, name).count(),
};

function templateView(
  world: World,
  brandId: string,
  name: string,
  expand: string | null,
): Record<string, unknown> {
  const path = pathOf(brandId, name);
  const parts = (expand ?? '').split(',').filter((part) => Object.hasOwn(EMBEDDED, part));
  const embedded = parts.map((part) => [part, EMBEDDED[part]?.(world, brandId, name)] as const);
  return {
    name,
    ...(parts.length > 0 ? { _embedded: Object.fromEntries(embedded) } : {}),
    _links: {
      settings: link(world, `${path}/settings`, 'GET', 'PUT'),
      self: link(world, path, 'GET'),
      defaultContent: link(world, `${path}/default-content`, 'GET'),
      test: link(world, `${path}/test`, 'POST'),
      customizations: link(world, `${path}/customizations`, 'GET', 'POST', 'DELETE'),
    },
  };
}

function customizationView(world: World, row: EmailCustomization): Record<string, unknown> {
  const { brandId, template, ...shown } = row;
  const path = pathOf(brandId, template);
  const self = `${path}/customizations/${row.id}`;
  return {
    ...shown,
    _links: {
      preview: link(world, `${self}/preview`, 'GET'),
      template: link(world, path, 'GET'),
      settings: link(world, `${path}/settings`, 'GET', 'PUT'),
      self: link(world, self, 'GET', 'PUT', 'DELETE'),
      test: link(world, `${path}/test`, 'POST'),
    },
  };
}
