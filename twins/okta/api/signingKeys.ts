/** Signing keys as JSON Web Keys. */
import { CERTIFICATE, PUBLIC_KEY, THUMBPRINT } from '../certificate.ts';
import type { SigningKey } from '../model/apps/signingKey.ts';

/** A key with its certificate. */
export const signingKeyView = ({
  ownerId: _,
  kid,
  certificate,
  ...dates
}: SigningKey): Record<string, unknown> => ({
  kty: 'RSA',
  ...dates,
  kid,
  use: 'sig',
  x5c: [CERTIFICATE],
  'x5t#S256': THUMBPRINT,
  ...PUBLIC_KEY,
  ...certificate,
});
