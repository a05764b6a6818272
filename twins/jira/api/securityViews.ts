/** Issue security as answers show it. */
import { levelsOfScheme } from '../model/permissions/securityLevels.ts';
import { projectsOfSecurity } from '../model/permissions/securitySchemes.ts';
import {
  type Ref,
  type SecurityLevel,
  type SecurityMember,
  type SecurityScheme,
  securityLevels,
} from '../world.ts';
import type { Address } from './address.ts';
import { holderView } from './permissionViews.ts';

type Json = Record<string, unknown>;

/** The level of an issue; `null` where it has none. */
export function levelView(at: Address, ref: Ref | null | undefined): Json | null {
  const level = ref ? at.world.get(securityLevels, ref.id) : undefined;
  return level ? levelShown(at, level) : null;
}

/** A level by itself. */
export const levelShown = (at: Address, { id, name, description }: SecurityLevel): Json => ({
  self: `${at.rest}/securitylevel/${id}`,
  id,
  description,
  name,
});

/** A level in a list of levels. */
export const levelInScheme = (
  at: Address,
  level: SecurityLevel,
  defaultLevelId: string | undefined,
): Json => ({
  ...levelShown(at, level),
  isDefault: level.id === defaultLevelId,
  issueSecuritySchemeId: String(level.schemeId),
});

/** A scheme, with its levels where they are wanted. */
export const securitySchemeView = (at: Address, scheme: SecurityScheme, levels: boolean): Json => ({
  self: `${at.rest}/issuesecurityschemes/${scheme.id}`,
  id: scheme.id,
  name: scheme.name,
  description: scheme.description,
  ...(scheme.defaultLevelId === undefined ? {} : { defaultSecurityLevelId: Number(scheme.defaultLevelId) }),
  ...(levels ? { levels: levelsOfScheme(at.world, scheme.id).map((level) => levelShown(at, level)) } : {}),
});

/** A scheme in a search: with the projects that use it, of those that were asked for. */
export const foundScheme = (at: Address, scheme: SecurityScheme, asked: ReadonlySet<string>): Json => ({
  id: scheme.id,
  self: `${at.rest}/issuesecurityschemes/${scheme.id}`,
  name: scheme.name,
  description: scheme.description,
  ...(scheme.defaultLevelId === undefined ? {} : { defaultLevel: Number(scheme.defaultLevelId) }),
  ...(asked.size === 0
    ? {}
    : {
        projectIds: projectsOfSecurity(at.world, scheme.id)
          .filter(({ id }) => asked.has(id))
          .map(({ id }) => Number(id)),
      }),
});

/** A member of a level, as lists across schemes show it. */
export const memberView = (at: Address, member: SecurityMember, expand: readonly string[]): Json => ({
  id: member.id,
  issueSecurityLevelId: member.levelId,
  issueSecuritySchemeId: String(member.schemeId),
  holder: holderView(at, member.holder, expand),
});

/** The same where the scheme was asked for: ids as numbers. */
export const memberOfScheme = (at: Address, member: SecurityMember, expand: readonly string[]): Json => ({
  id: Number(member.id),
  issueSecurityLevelId: Number(member.levelId),
  holder: holderView(at, member.holder, expand),
});
