/** `/api/v1/brands/{brandId}/themes/{themeId}/logo`, `/favicon`, `/background-image`. */
import { reply } from '../../../src/twin.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { removeImage, setImage, type ThemeImage } from '../model/look/themeImage.ts';

const { manage } = family('Themes', 'brands', 'other');
const THEME = '/api/v1/brands/{brandId}/themes/{themeId}';

const pair = (name: string, path: string, kind: ThemeImage, status: number) => [
  endpoint(
    { id: `uploadBrandTheme${name}`, route: `POST ${THEME}/${path}`, ...manage, status },
    ({ world, actor, params, body }) =>
      reply({
        status,
        body: setImage(
          world,
          actor.who,
          params.brandId as string,
          params.themeId as string,
          kind,
          body.files?.[0]?.bytes,
        ),
      }),
  ),
  endpoint(
    { id: `deleteBrandTheme${name}`, route: `DELETE ${THEME}/${path}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      removeImage(world, actor.who, params.brandId as string, params.themeId as string, kind),
  ),
];

export const themeImageEndpoints = [
  ...pair('Logo', 'logo', 'logo', 200),
  ...pair('Favicon', 'favicon', 'favicon', 201),
  ...pair('BackgroundImage', 'background-image', 'backgroundImage', 201),
];
