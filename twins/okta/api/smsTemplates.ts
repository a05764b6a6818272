/** `/api/v1/templates/sms`. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createSmsTemplate,
  deleteSmsTemplate,
  findSmsTemplate,
  replaceSmsTemplate,
  type SmsTemplateInput,
  updateSmsTemplate,
} from '../model/mail/smsTemplate.ts';
import { smsTemplates } from '../world/delivery.ts';

const { read, manage } = family('Template', 'templates', 'other');
const ALL = '/api/v1/templates/sms';
const ONE = `${ALL}/{templateId}` as const;

export const smsTemplateEndpoints = [
  endpoint({ id: 'listSmsTemplates', route: `GET ${ALL}`, ...read }, ({ world, query }) => {
    const type = query.get('templateType');
    return world.list(smsTemplates, type ? { where: (one) => one.type === type } : {}).toArray();
  }),
  endpoint({ id: 'createSmsTemplate', route: `POST ${ALL}`, ...manage }, ({ world, input }) =>
    createSmsTemplate(world, input as SmsTemplateInput),
  ),
  endpoint({ id: 'getSmsTemplate', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    findSmsTemplate(world, params.templateId),
  ),
  endpoint({ id: 'updateSmsTemplate', route: `POST ${ONE}`, ...manage }, ({ world, params, input }) =>
    updateSmsTemplate(world, params.templateId, input as SmsTemplateInput),
  ),
  endpoint({ id: 'replaceSmsTemplate', route: `PUT ${ONE}`, ...manage }, ({ world, params, input }) =>
    replaceSmsTemplate(world, params.templateId, input as SmsTemplateInput),
  ),
  endpoint({ id: 'deleteSmsTemplate', route: `DELETE ${ONE}`, ...manage, status: 204 }, ({ world, params }) =>
    deleteSmsTemplate(world, params.templateId),
  ),
];
