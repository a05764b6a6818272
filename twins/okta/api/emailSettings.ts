/** `/api/v1/brands/{brandId}/templates/email/{templateName}`: settings, default content, tests. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { previewOf, readerOf } from '../model/mail/emailRendering.ts';
import { type EmailSetting, emailSetting, setEmailSetting } from '../model/mail/emailSetting.ts';
import { defaultWording, findTemplate } from '../model/mail/emailTemplate.ts';
import { sendTestEmail } from '../model/mail/emailTest.ts';

const { read, manage } = family('CustomTemplates', 'templates', 'other');
const ONE = '/api/v1/brands/{brandId}/templates/email/{templateName}';

export const emailSettingEndpoints = [
  endpoint({ id: 'getEmailSettings', route: `GET ${ONE}/settings`, ...read }, ({ world, params }) =>
    emailSettingView(world, emailSetting(world, params.brandId, params.templateName)),
  ),
  endpoint(
    { id: 'replaceEmailSettings', route: `PUT ${ONE}/settings`, ...manage },
    ({ world, actor, params, input }) => ({
      recipients: setEmailSetting(
        world,
        actor.who,
        params.brandId,
        params.templateName,
        input as { recipients?: string },
      ).recipients,
    }),
  ),
  endpoint(
    { id: 'getEmailDefaultContent', route: `GET ${ONE}/default-content`, ...read },
    ({ world, params }) => ({
      ...defaultWording(findTemplate(world, params.brandId, params.templateName)),
      _links: contentLinks(world, params.brandId, params.templateName),
    }),
  ),
  endpoint(
    { id: 'getEmailDefaultPreview', route: `GET ${ONE}/default-content/preview`, ...read },
    ({ world, actor, params: { brandId, templateName } }) => {
      const wording = defaultWording(findTemplate(world, brandId, templateName));
      return {
        ...previewOf(world, brandId, readerOf(world, actor.who), wording),
        _links: contentLinks(world, brandId, templateName),
      };
    },
  ),
  endpoint(
    { id: 'sendTestEmail', route: `POST ${ONE}/test`, ...read, status: 204 },
    ({ world, actor, params, query }) =>
      sendTestEmail(world, actor.who, params.brandId, params.templateName, query.get('language')),
  ),
];

/** Who gets a template's mails, with links. */
export function emailSettingView(world: World, { brandId, template, recipients }: EmailSetting) {
  const path = pathOf(brandId, template);
  return {
    recipients,
    _links: { self: link(world, `${path}/settings`, 'GET', 'PUT'), template: link(world, path, 'GET') },
  };
}

const pathOf = (brandId: string, template: string): string =>
  `/api/v1/brands/${brandId}/templates/email/${template}`;

function contentLinks(world: World, brandId: string, name: string): Record<string, unknown> {
  const path = pathOf(brandId, findTemplate(world, brandId, name));
  return {
    self: link(world, `${path}/default-content`, 'GET'),
    preview: link(world, `${path}/default-content/preview`, 'GET'),
    template: link(world, path, 'GET'),
    test: link(world, `${path}/test`, 'POST'),
  };
}
