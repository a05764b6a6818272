/** JSON Web Tokens by `jsonwebtoken`, loaded at first use: it takes as long to load as the rest of the server. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The library; synchronous, as handlers are. */
export const jwt = (): typeof import('jsonwebtoken') => require('jsonwebtoken');
