/** What may be wider than the window: it scrolls sideways, by keys too, under a name for who cannot see it. */
import type { Child } from 'hono/jsx';

/** `name` is of the region; `card` draws it as one. */
export function Wide({ name, card, children }: { name: string; card?: boolean; children?: Child }) {
  return (
    <section class={card ? 'card wide' : 'wide'} aria-label={name} {...{ tabindex: 0 }}>
      {children}
    </section>
  );
}
