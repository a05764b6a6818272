/**
 * Languages that the service speaks, by BCP 47.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/CustomTemplates/
 */
export const LANGUAGES: ReadonlySet<string> = new Set(
  ('cs da de el en es fi fr hu id it ja ko ms nb nl-NL pl pt-BR ro ru sv th tr uk vi ' + 'zh-CN zh-TW').split(
    ' ',
  ),
);
