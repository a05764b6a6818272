/** Composition root: the one file that knows the kernel and the twins. */
import { google } from '../twins/google/twin.ts';
import { jira } from '../twins/jira/twin.ts';
import { okta } from '../twins/okta/twin.ts';
import { slack } from '../twins/slack/twin.ts';
import type { Twin } from './twin.ts';

/** Every twin that ships, in the order in which worlds are planted. */
export const TWINS: readonly Twin[] = [okta, slack, jira, google].filter(Boolean);
