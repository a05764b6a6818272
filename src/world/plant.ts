/** From a world file to a universe's first rows: the cast, then each twin's part. */
import { seal } from '../outbox.ts';
import { draw } from '../prng.ts';
import { ROW_BYTES, type Universe } from '../universe.ts';
import { plantWiring } from '../wiring.ts';
import { type Person, type PersonInput, person } from './cast.ts';
import type { WorldFile } from './file.ts';

const DEPARTMENTS = ['Engineering', 'Product', 'Sales', 'Marketing', 'Finance', 'IT'];
const DOMAIN = 'acme.example';

/** The people of a world: those it names, or a generated company; where that is nobody, one administrator. */
export async function castOf(file: WorldFile, seed: number): Promise<Person[]> {
  const people = await peopleOf(file, seed);
  return (people.length > 0 ? people : [ADMINISTRATOR]).map(person);
}

/** Every service is somebody's: a world of nobody has its administrator. */
const ADMINISTRATOR: PersonInput = {
  email: `admin@${DOMAIN}`,
  name: 'Ada Admin',
  title: 'Administrator',
  department: 'IT',
};

async function peopleOf({ people = [] }: WorldFile, seed: number): Promise<readonly PersonInput[]> {
  if (Array.isArray(people)) return people;
  const { count, departments = DEPARTMENTS, domain = DOMAIN } = people;
  return generated(count, departments, domain, seed);
}

/** Plants every twin's part of `file`; the result is the point that `reset` returns to, and nothing of it is journaled. */
export function plant(universe: Universe, file: WorldFile): void {
  for (const twin of universe.twins) {
    const world = universe.view(twin.name);
    universe.state.fill(() => {
      twin.plant(world, file);
      seal(world, universe.faults);
    });
  }
  universe.state.fill(() => plantWiring(universe.view('_'), file));
  universe.stateBytes = universe.state.size * ROW_BYTES;
  universe.scheduler.arm();
  universe.settleBeginning();
}

/** How many rows a world asks for by number at least; a few lines of a file can ask for millions. */
export function rowsByNumber({ people, slack, jira }: WorldFile): number {
  const countOf = (part: readonly unknown[] | { count: number } | undefined): number =>
    part === undefined || Array.isArray(part) ? 0 : (part as { count: number }).count;
  const { channels } = slack ?? {};
  const members = channels === undefined || Array.isArray(channels) ? 0 : (channels.members ?? 0);
  return (
    countOf(people) + countOf(slack?.messages) + countOf(channels) * (1 + members) + 3 * countOf(jira?.issues)
  );
}

/** A company by size: one head, a head per department, everybody else below them. */
async function generated(
  count: number,
  departments: readonly string[],
  domain: string,
  seed: number,
): Promise<PersonInput[]> {
  // Loaded only when asked for: the name lists take longer to read than the rest of the server.
  const { Faker, en } = await import('@faker-js/faker');
  const faker = new Faker({ locale: en, seed: draw(seed, 'cast').int(0, 2 ** 31) });
  const people: PersonInput[] = [];
  const taken = new Set<string>();
  for (let i = 0; i < count; i++) {
    const first = faker.person.firstName();
    const last = faker.person.lastName();
    const stem = `${first}.${last}`
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z.]/g, '');
    let local = stem;
    for (let n = 2; taken.has(local); n++) local = `${stem}${n}`;
    taken.add(local);
    const department = departments[i % departments.length] ?? 'General';
    const head = people[0];
    const manager =
      i === 0 ? undefined : i <= departments.length ? head : people[1 + ((i - 1) % departments.length)];
    people.push({
      email: `${local}@${domain}`,
      name: `${first} ${last}`,
      title:
        i === 0
          ? 'Chief Executive'
          : i <= departments.length
            ? `Head of ${department}`
            : faker.person.jobTitle(),
      department,
      ...(manager ? { manager: manager.email } : {}),
    });
  }
  return people;
}
