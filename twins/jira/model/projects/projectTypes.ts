/** The types of project that Jira has, and which of them a site has a product for. */
import { missing } from '../../errors.ts';
import type { ProjectTypeKey } from './templates.ts';

export interface ProjectType {
  key: ProjectTypeKey;
  formattedKey: string;
  descriptionI18nKey: string;
  color: string;
  /** Base64 of an SVG. */
  icon: string;
}

const icon = (color: string): string =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="${color}"/></svg>`,
  ).toString('base64');

const type = (key: ProjectTypeKey, formattedKey: string, color: string): ProjectType => ({
  key,
  formattedKey,
  descriptionI18nKey: `jira.project.type.${key.replace('_', '')}.description`,
  color,
  icon: icon(color),
});

/** Every type, whether or not the site has a licence for it. */
export const PROJECT_TYPES: readonly ProjectType[] = [
  type('product_discovery', 'Product Discovery', '#FFFFFF'),
  type('business', 'Business', '#1D9AAA'),
  type('service_desk', 'Service Desk', '#67AB49'),
  type('software', 'Software', '#F6C342'),
];

/** 404 for a type that Jira does not have. */
export function requireProjectType(key: string): ProjectType {
  const found = PROJECT_TYPES.find((one) => one.key === key);
  if (!found) throw missing(`The project type with key '${key}' was not found.`);
  return found;
}
