/** The small signs in front of things. */
import type { Icon } from '../../room.ts';

/** Drawn in strokes of the text's colour; it says nothing that the words beside it do not. */
export function Mark({ icon }: { icon: Icon | undefined }) {
  if (icon === undefined) return <></>;
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[icon]} />
    </svg>
  );
}

const PERSON = 'M8 8a3 3 0 1 0 0-6a3 3 0 0 0 0 6zM2.5 14c.5-3 2.500-4 5.500-4s5 1 5.500 4';
const PAGE = 'M4 1.500h5l3 3v10H4zM9 1.500v3h3';

const PATHS: Readonly<Record<Icon, string>> = {
  app: 'M2.500 2.500h4v4h-4zM9.500 2.500h4v4h-4zM2.500 9.500h4v4h-4zM9.500 9.500h4v4h-4z',
  card: 'M2 3.500h12v9H2zM4.500 6.500h7M4.500 9.500h4',
  channel: 'M6 2L4.500 14M11.500 2L10 14M2.500 5.500h11.500M2 10.500h11.500',
  document: `${PAGE}M6 8h4M6 11h4`,
  file: PAGE,
  folder: 'M1.500 3.500h5l1.500 2h6.500v7.500h-13z',
  group:
    'M6 7.500a2.500 2.500 0 1 0 0-5a2.500 2.500 0 0 0 0 5zM1.500 13.500c.3-2.700 1.700-3.700 4.500-3.700s4.200 1 4.500 3.700M11 3a2.300 2.300 0 0 1 0 4.500M12 10c1.600.4 2.400 1.500 2.600 3.500',
  lock: 'M3.500 7.500h9v6h-9zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  log: 'M2.500 4h11M2.500 8h11M2.500 12h7',
  person: PERSON,
  sheet: 'M2 2.500h12v11H2zM2 6h12M2 9.700h12M6.500 2.500v11',
};
