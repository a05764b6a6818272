/** What a world file says of a Google domain: people's files and what the domain allows. */
import { closed, email, emails, many, name, names, text, whole } from './shape.ts';

export interface GoogleFilePart {
  path: string;
  type: 'folder' | 'document' | 'spreadsheet' | 'file';
  owner?: string;
  shared?: { with: string; role: 'reader' | 'commenter' | 'writer' }[];
  /** A document's or file's text, or a spreadsheet's sheets. */
  content?: string | { sheets: { title: string; rows: (string | number | boolean | null)[][] }[] };
  mimeType?: string;
}

export interface GoogleLabelPart {
  title: string;
  id?: string;
  fields?: {
    name: string;
    id?: string;
    type: 'text' | 'integer' | 'date' | 'selection' | 'user';
    /** It holds several values. */
    list?: boolean;
    choices?: { name: string; id?: string }[];
  }[];
}

export interface GooglePart {
  domain?: string;
  /**
   * OAuth clients besides the world's own. `redirectUris` of a web client absent: to any address that could be
   * registered; desktop ones come back to the machine itself, `tv` (limited input devices) nowhere.
   */
  clients?: { name: string; type: 'web' | 'desktop' | 'tv'; redirectUris?: string[] }[];
  /** Scopes that the service account may use in people's names (domain-wide delegation). */
  delegation?: string[];
  /** Addresses that stand for several people; members may be groups too. */
  groups?: { email: string; name?: string; members: string[] }[];
  /** `false`: people may not share with others outside of the domain, or with anyone who has the link. */
  sharing?: { outside?: boolean; public?: boolean };
  /** What each person may keep: bytes. */
  storage?: { limit: number };
  /** Labels that the domain has published. */
  labels?: GoogleLabelPart[];
  /** Besides those of `drive`, so many made up. */
  files?: { count: number };
  drive?: GoogleFilePart[];
}

/** JSON Schema of that part. */
export const GOOGLE_SCHEMA: Record<string, unknown> = closed({
  domain: name,
  clients: many(
    closed(
      {
        name,
        type: { enum: ['web', 'desktop', 'tv'] },
        redirectUris: { type: 'array', items: { type: 'string', format: 'uri' }, maxItems: 100 },
      },
      ['name', 'type'],
    ),
    100,
  ),
  delegation: names,
  groups: many(closed({ email, name, members: emails }, ['email', 'members'])),
  sharing: closed({ outside: { type: 'boolean' }, public: { type: 'boolean' } }),
  storage: closed({ limit: whole(0, 2 ** 50) }, ['limit']),
  files: closed({ count: whole(0, 1_000_000) }, ['count']),
  labels: many(
    closed(
      {
        title: name,
        id: name,
        fields: many(
          closed(
            {
              name,
              id: name,
              type: { enum: ['text', 'integer', 'date', 'selection', 'user'] },
              list: { type: 'boolean' },
              choices: many(closed({ name, id: name }, ['name']), 200),
            },
            ['name', 'type'],
          ),
          50,
        ),
      },
      ['title'],
    ),
    1_000,
  ),
  drive: many(
    closed(
      {
        path: text,
        type: { enum: ['folder', 'document', 'spreadsheet', 'file'] },
        owner: email,
        mimeType: name,
        shared: many(
          closed({ with: email, role: { enum: ['reader', 'commenter', 'writer'] } }, ['with', 'role']),
        ),
        content: {
          anyOf: [
            { type: 'string', maxLength: 1_000_000 },
            closed(
              {
                sheets: many(
                  closed(
                    {
                      title: name,
                      rows: many({
                        type: 'array',
                        items: { type: ['string', 'number', 'boolean', 'null'] },
                      }),
                    },
                    ['title', 'rows'],
                  ),
                  200,
                ),
              },
              ['sheets'],
            ),
          ],
        },
      },
      ['path', 'type'],
    ),
  ),
});
