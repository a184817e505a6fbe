import { InvariantError } from "../../errors";
import type { ActivationPattern } from "../../network/activationPattern";
import type { Lot } from "../../numeric/arena";
import type { Kernels } from "../../numeric/kernels";
import type { LocalLayers } from "./localLayers";
import { localRules } from "./localRules";
import type { Patch, Rectangle, Term } from "./patch";
import { layOutPatches, type PatchMemory } from "./patchMemory";

/**
 * Carries forms on the values of a network's local layers back to the input, along a fixed pattern:
 * those on one or two neighbouring values as small rectangles of pictures, those on many as whole
 * pictures. What comes out lies in a buffer that the next call writes anew, with any pattern.
 */
export class PatchPullBack {
  private readonly lot: Lot<PatchMemory>;
  /** The pattern whose active channels are listed in the memory. */
  private listed: ActivationPattern | undefined;

  constructor(
    readonly local: LocalLayers,
    kernels: Kernels,
  ) {
    this.lot = layOutPatches(local, kernels);
  }

  /** The same along one pattern, whose switches must stay as they are. */
  along(pattern: ActivationPattern): PatternPullBack {
    // Lists that an earlier pattern left behind may have been made of other switches in its place.
    this.listed = undefined;
    return new PatternPullBack(this.local, pattern, (given) => this.memoryAlong(given));
  }

  /** The memory, with a pattern's active channels listed in it. */
  private memoryAlong(pattern: ActivationPattern): PatchMemory {
    if (this.listed !== pattern) {
      this.lot.blocks.placed.forEach((layer, index) => {
        if (layer.takes === "windows") layer.listActive(pattern.switches[index + 1]);
      });
      this.listed = pattern;
    }
    return this.lot.blocks;
  }
}

/** What `PatchPullBack` does, along one pattern. */
export class PatternPullBack {
  constructor(
    readonly local: LocalLayers,
    readonly pattern: ActivationPattern,
    private readonly memoryAlong: (pattern: ActivationPattern) => PatchMemory,
  ) {}

  /** The values of a patch, and what follows them in the memory. */
  viewOf({ layerCount }: Patch): Float64Array {
    return this.memoryAlong(this.pattern).patches[layerCount].view;
  }

  /** The coefficients of a patch, pixel after pixel, the channels beside each other. */
  valuesOf(patch: Patch): Float64Array {
    const { channels } = this.local.values[patch.layerCount];
    return this.viewOf(patch).subarray(0, patch.rows * patch.columns * channels);
  }

  /**
   * The form Σ factor · (value at place) on the values after `layerCount` layers, as a patch on the
   * input. The terms are written over.
   *
   * @param window  the lines and columns that the places lie in
   */
  pullBack(layerCount: number, terms: readonly Term[], window: Rectangle): Patch {
    const { layers } = this.local;
    const { placed } = this.memoryAlong(this.pattern);
    let behind = window;
    // Up to the first convolution on the way, single values stay single values.
    for (let index = layerCount - 1; index >= 0; index--) {
      const [layer, place] = [layers[index], placed[index]];
      const before = localRules(layer).before(layer, behind);
      if (place.takes === "windows") {
        place.openTerms(terms, behind, before);
        return this.carry(index, before);
      }
      place.moveTerms(terms, this.pattern.switches[index]);
      behind = before;
    }
    throw new InvariantError(`no convolution among the first ${layerCount} layers`);
  }

  /** A form on all values behind the local layers, channels first as the network has them. */
  pullBackWhole(gradient: Readonly<Float64Array>): Patch {
    const layerCount = this.local.layers.length;
    const { channels, height, width } = this.local.values[layerCount];
    const patch = { layerCount, top: 0, left: 0, rows: height, columns: width };
    const values = this.valuesOf(patch);
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * height * width;
      for (let pixel = 0; pixel < height * width; pixel++) {
        values[pixel * channels + channel] = gradient[from + pixel];
      }
    }
    return this.carry(layerCount, patch);
  }

  /**
   * A patch on the input that stands for the same form as one on the values after so many layers.
   * Thousands of rows a point pass here: no object is made that a layer does not need.
   */
  private carry(layerCount: number, rectangle: Rectangle): Patch {
    const { layers } = this.local;
    const { placed } = this.memoryAlong(this.pattern);
    const { switches } = this.pattern;
    let carried: Rectangle = rectangle;
    for (let index = layerCount - 1; index >= 0; index--) {
      const before = localRules(layers[index]).before(layers[index], carried);
      placed[index].carry(carried, before, switches[index]);
      carried = before;
    }
    const { top, left, rows, columns } = carried;
    return { top, left, rows, columns, layerCount: 0 };
  }
}
