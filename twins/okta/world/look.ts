/** Rows of an org that are about what it shows and says, and what its people arranged with the vendor. */
import { table } from '../../../src/table.ts';
import type { SignInPage } from '../model/look/defaultSignInPage.ts';
import type { WellKnownUri } from '../model/look/wellKnownUri.ts';
import type { EmailCustomization } from '../model/mail/emailTemplate.ts';
import type { ChildOrg } from '../model/org/childOrg.ts';
import type { SupportCase } from '../model/org/supportCase.ts';

export const emailCustomizations = table<EmailCustomization>({
  name: 'okta.emailCustomizations',
  key: (row) => row.id,
  indexes: { brand: (row) => row.brandId, template: (row) => `${row.brandId}/${row.template}` },
});

export const signInPages = table<SignInPage>({
  name: 'okta.signInPages',
  key: (row) => `${row.brandId}/${row.state}`,
});

/** What brands show at addresses that other programs look at. */
export const wellKnownUris = table<WellKnownUri>({
  name: 'okta.wellKnownUris',
  key: (row) => `${row.brandId}/${row.path}`,
});

export const supportCases = table<SupportCase>({
  name: 'okta.supportCases',
  key: (row) => row.caseNumber,
});

export const childOrgs = table<ChildOrg>({
  name: 'okta.childOrgs',
  key: (row) => row.id,
  indexes: { subdomain: (row) => row.subdomain, name: (row) => row.name.toLowerCase() },
});

/** Every table here. */
export const LOOK_TABLES = [emailCustomizations, signInPages, wellKnownUris, supportCases, childOrgs];
