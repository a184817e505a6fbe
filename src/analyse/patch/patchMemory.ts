import type { Block, BlockMaker, Lot } from "../../numeric/arena";
import type { Kernels } from "../../numeric/kernels";
import { sizeOf } from "./localLayer";
import type { LocalLayers } from "./localLayers";
import type { PlacedLocal } from "./localRule";
import { localRules } from "./localRules";
import type { Rectangle } from "./patch";

/** Local layers in the kernels' memory. */
export interface PatchMemory {
  /** For the values after so many layers: room for any patch of them. */
  readonly patches: readonly Block<Float64Array>[];
  readonly placed: readonly PlacedLocal[];
}

/** Lays out the layers, and writes their weights. */
export function layOutPatches(local: LocalLayers, kernels: Kernels): Lot<PatchMemory> {
  const { layers, values } = local;
  const lot = kernels.arena.layOut((make) => {
    const patches = patchBlocks(local, make);
    const placed = layers.map((layer, index) =>
      localRules(layer).place(layer, {
        kernels,
        make,
        before: { values: values[index], block: patches[index] },
        behind: { values: values[index + 1], block: patches[index + 1] },
        isRectified: layers[index + 1]?.kind === "relu",
      }),
    );
    return { patches, placed };
  });
  for (const layer of lot.blocks.placed) if (layer.takes === "windows") layer.fill();
  return lot;
}

/** A place for each; values before and behind a ReLU that follows a convolution share theirs. */
function patchBlocks(local: LocalLayers, { values }: BlockMaker): Block<Float64Array>[] {
  const blocks = patchSizes(local).map((size) => values(size));
  local.layers.forEach(({ kind }, index) => {
    const isBehind = local.layers[index - 1]?.kind === "conv2d";
    if (kind === "relu" && isBehind) blocks[index + 1] = blocks[index];
  });
  return blocks;
}

/** Values that the largest patch after so many layers has: what a whole picture depends on. */
function patchSizes({ layers, values }: LocalLayers): number[] {
  const sizes: number[] = [];
  let reached: Rectangle = { top: 0, left: 0, rows: 0, columns: 0 };
  for (let index = layers.length; index >= 0; index--) {
    const { height, width, channels } = values[index];
    // Values behind the last whole window belong to no window, but have rows of their own.
    const rows = Math.max(reached.rows, height);
    const columns = Math.max(reached.columns, width);
    sizes[index] = sizeOf({ channels, height: rows + 2, width: columns + 2 });
    const layer = layers[index - 1];
    if (layer !== undefined) {
      reached = localRules(layer).before(layer, { ...reached, rows, columns });
    }
  }
  return sizes;
}
