/**
 * Rows on the disk as they are in memory, copy-on-write: a layer holds what differs from the layer below it. A
 * snapshot, a fork or a beginning is a layer that nobody writes to any more; each universe writes to its own on top.
 */
import { type Change, diffRoots } from '../state.ts';
import { type Root, rowsOf } from '../trees.ts';
import { type Bundles, SPLIT } from './value.ts';

/** Layers below each other at most; then a universe's rows are written anew as one. */
const DEPTH_MAX = 64;

/** Rows on top of another layer's. */
export interface Layer {
  readonly id: number;
  readonly parent: Layer | undefined;
  readonly depth: number;
  /** Rows that there are, those of the layers below included. */
  live: number;
  /** Whether it holds anything of its own, written or not. */
  filled: boolean;
  /** Whether any of its rows are on the disk. */
  written: boolean;
  /** Its rows, where they were written many to a value. */
  bundles: Bundles;
  /** Whether nobody writes to it any more. */
  frozen: boolean;
  /** Whether its record is on the disk as it is. */
  recorded: boolean;
  /** What is to be written: rows by table and key; no row: it is gone. */
  pending: Map<string, object | undefined>;
}

export class Layers {
  /** Layers whose rows or record are to be written. */
  readonly dirty = new Set<Layer>();
  /** All that may be on the disk. */
  readonly all = new Set<Layer>();
  /** Layers may have become nobody's. */
  garbage = false;
  readonly #byRoot = new WeakMap<Root, Layer>();
  #made: number;

  constructor(made: number = 0) {
    this.#made = made;
  }

  /** Takes up a layer that is on the disk. */
  known(id: number, parent: Layer | undefined, live: number, bundles: Bundles): Layer {
    this.#made = Math.max(this.#made, id);
    const layer = layerOn(id, parent, live);
    Object.assign(layer, { filled: true, written: true, recorded: true, bundles });
    this.all.add(layer);
    return layer;
  }

  /** Gives no layer a number up to `id`. */
  skip(id: number): void {
    this.#made = Math.max(this.#made, id);
  }

  /** An empty layer on top of `parent`. */
  above(parent: Layer | undefined): Layer {
    return layerOn(++this.#made, parent, parent?.live ?? 0);
  }

  /** From now on `root` is what `layer` holds, and nobody writes to `layer`. */
  settle(root: Root, layer: Layer): void {
    this.#byRoot.set(root, layer);
  }

  /** Notes a transaction's changes in the layer on top. */
  note(layer: Layer, changes: readonly Change[]): void {
    for (const { table, key, before, after } of changes) {
      layer.pending.set(table.name + SPLIT + key, after);
      layer.live += (after ? 1 : 0) - (before ? 1 : 0);
    }
    layer.filled = true;
    this.#write(layer);
  }

  /** What is in `top` stays as `root`; gives the layer that is written to next. */
  freeze(top: Layer, root: Root): Layer {
    if (!top.filled && top.parent) {
      this.settle(root, top.parent);
      return top;
    }
    if (top.depth >= DEPTH_MAX) {
      this.garbage = true;
      return this.above(this.#image(root));
    }
    // Written again: how many rows it holds is now known for good.
    top.recorded = false;
    top.frozen = true;
    this.#write(top);
    this.settle(root, top);
    return this.above(top);
  }

  /** The layer that holds just what `root` does. */
  of(root: Root): Layer {
    return this.#known(root) ?? this.#image(root);
  }

  /** The layer that holds what the last of `roots` does; those that are not known yet stand on each other. */
  upon(roots: readonly Root[]): Layer {
    let below: { root: Root; layer: Layer } | undefined;
    for (const root of roots) {
      const known = this.#known(root);
      if (known || !below || below.layer.depth >= DEPTH_MAX)
        below = { root, layer: known ?? this.#image(root) };
      else below = { root, layer: this.#differing(root, below) };
    }
    return (below as { layer: Layer }).layer;
  }

  /** Layers that none of `used` stands on, forgotten here: to be taken off the disk. */
  sweep(used: Iterable<Layer | undefined>): Layer[] {
    this.garbage = false;
    const reached = new Set<Layer>();
    for (const one of used)
      for (let layer = one; layer && !reached.has(layer); layer = layer.parent) reached.add(layer);
    const gone = [...this.all].filter((layer) => !reached.has(layer));
    for (const layer of gone) {
      this.all.delete(layer);
      this.dirty.delete(layer);
    }
    return gone;
  }

  #known(root: Root): Layer | undefined {
    const layer = this.#byRoot.get(root);
    return layer && this.all.has(layer) ? layer : undefined;
  }

  #differing(root: Root, below: { root: Root; layer: Layer }): Layer {
    const layer = this.above(below.layer);
    this.note(layer, diffRoots(below.root, root));
    layer.frozen = true;
    this.settle(root, layer);
    return layer;
  }

  #image(root: Root): Layer {
    const layer = this.above(undefined);
    for (const { table, key, row } of rowsOf(root)) {
      layer.pending.set(table.name + SPLIT + key, row);
      layer.live++;
    }
    layer.filled = true;
    layer.frozen = true;
    this.#write(layer);
    this.settle(root, layer);
    return layer;
  }

  #write(layer: Layer): void {
    this.dirty.add(layer);
    this.all.add(layer);
  }
}

const layerOn = (id: number, parent: Layer | undefined, live: number): Layer => ({
  id,
  parent,
  depth: (parent?.depth ?? 0) + 1,
  live,
  filled: false,
  written: false,
  bundles: {},
  frozen: false,
  recorded: false,
  pending: new Map(),
});
