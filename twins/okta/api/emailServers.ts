/** `/api/v1/email-servers`, and the list of addresses that mails came back from. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { removeBounces } from '../model/mail/bounce.ts';
import {
  createEmailServer,
  deleteEmailServer,
  type EmailServerInput,
  findEmailServer,
  testEmailServer,
  updateEmailServer,
} from '../model/mail/emailServer.ts';
import { emailServers } from '../world/delivery.ts';

const { read, manage } = family('EmailServer', 'emailServers', 'other');
const ALL = '/api/v1/email-servers';
const ONE = `${ALL}/{emailServerId}` as const;

export const emailServerEndpoints = [
  endpoint({ id: 'listEmailServers', route: `GET ${ALL}`, ...read }, ({ world }) => ({
    'email-servers': world.list(emailServers).toArray(),
  })),
  endpoint(
    { id: 'createEmailServer', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, actor, input }) => createEmailServer(world, actor.who, input as EmailServerInput),
  ),
  endpoint({ id: 'getEmailServer', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    findEmailServer(world, params.emailServerId),
  ),
  endpoint({ id: 'updateEmailServer', route: `PATCH ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    updateEmailServer(world, actor.who, params.emailServerId, input as EmailServerInput),
  ),
  endpoint(
    { id: 'deleteEmailServer', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteEmailServer(world, actor.who, params.emailServerId),
  ),
  endpoint(
    { id: 'testEmailServer', route: `POST ${ONE}/test`, ...manage, status: 204 },
    ({ world, actor, params, input }) =>
      testEmailServer(
        world,
        actor.who,
        params.emailServerId,
        input as { fromAddress?: string; toAddress?: string },
      ),
  ),
  endpoint(
    {
      id: 'bulkRemoveEmailAddressBounces',
      route: 'POST /api/v1/org/email/bounces/remove-list',
      ...family('EmailCustomization', 'orgs', 'other').manage,
    },
    ({ world, actor, input }) => ({
      errors: removeBounces(world, actor.who, input as { emailAddresses?: string[] }),
    }),
  ),
];
