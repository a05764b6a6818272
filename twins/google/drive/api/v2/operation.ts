/** Endpoints of Drive's second version. https://developers.google.com/workspace/drive/api/reference/rest/v2 */
import type { Call, Endpoint } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v2';

type V2Call<Param extends string> = Call<GoogleActor> & {
  readonly params: Readonly<Record<Param, string>>;
};

/** An operation by its name after `drive.v2.` (`files.get`) and its route, whose parameters are `Param`. */
export const operation =
  <Param extends string>() =>
  (
    name: string,
    route: string,
    more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
    handle: (call: V2Call<Param>) => unknown,
  ): Endpoint => ({
    id: `drive.v2.${name}`,
    route,
    tier: 'drive',
    doc: `${DOC}/${name.replace('.', '/')}`,
    ...more,
    handle: handle as unknown as Endpoint['handle'],
  });
