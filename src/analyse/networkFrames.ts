import type { DenseBlock, FrameOffer, FrameShape } from "../lp/framedRows";
import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import { createPlainKernels, type Kernels } from "../numeric/kernels";
import type { DenseColumns } from "./denseColumns";
import { DensePullBack } from "./densePullBack";
import { openFrames, type FramedSide, type LocalBlock, type NetworkFrames } from "./frameRows";
import { frameShape, localLayers, type LocalLayers } from "./patch/localLayers";
import type { OutputForm } from "./outputForm";
import { PatchPullBack } from "./patch/patchPullBack";
import type { RowBlock } from "./rowBlocks";

export type { NetworkFrames } from "./frameRows";

/**
 * Neurons of a dense layer that may be among the nearest rows: they are few, and each takes as long
 * as hundreds of framed rows. The rows of outputs take longest, and are hardly ever near.
 */
const FIRST_NEURONS = 10;

/**
 * Undefined unless both networks begin with convolutions of the same pictures.
 *
 * @param kernels  what rows are generated in; plain code if there are none, to the same bits
 * @param columns  of each network, what carries forms through its dense layers; likewise
 */
export function networkFrames(
  networks: readonly [Network, Network],
  kernels: Kernels = createPlainKernels(),
  columns: readonly (DenseColumns | undefined)[] = [],
): NetworkFrames | undefined {
  const [one, other] = networks.map(localLayers);
  if (one === undefined || other === undefined) return undefined;
  const { height, width, channels } = one.values[0];
  const theirs = other.values[0];
  if (theirs.height !== height || theirs.width !== width || theirs.channels !== channels) {
    return undefined;
  }
  const sideOf = (side: 0 | 1, local: LocalLayers): FramedSide => {
    const pullBack = new PatchPullBack(local, kernels);
    return { pullBack, dense: new DensePullBack(networks[side], columns[side]) };
  };
  const sides = [sideOf(0, one), sideOf(1, other)] as const;
  return { picture: { height, width, channels }, sides };
}

/** The frames of a polytope's rows: those of the blocks, and then one for each form. */
export function frameOffer(
  frames: NetworkFrames,
  blocks: readonly RowBlock[],
  patterns: readonly [ActivationPattern, ActivationPattern],
  forms: readonly OutputForm[],
): FrameOffer {
  const shapes: FrameShape[] = [];
  const framed: LocalBlock[] = [];
  const dense: DenseBlock[] = [];
  for (const block of blocks) {
    const { local } = frames.sides[block.side].pullBack;
    if (block.layer >= local.layers.length) {
      dense.push({ start: block.start, count: block.count, first: FIRST_NEURONS });
      continue;
    }
    const values = local.values[block.layer];
    const window = windowOf(local, block);
    const shape = frameShape(values, frames.picture, window);
    const same = (known: FrameShape): boolean =>
      known.height === shape.height && known.width === shape.width;
    if (!shapes.some(same)) shapes.push(shape);
    framed.push({ block, values, window, shape: shapes.findIndex(same) });
  }
  const last = blocks[blocks.length - 1];
  const end = last === undefined ? 0 : last.start + last.count;
  if (forms.length > 0) dense.push({ start: end, count: forms.length, first: 0 });
  const parts = { shapes, framed, dense, blocks, forms, end };
  return { picture: frames.picture, shapes, open: () => openFrames(frames, parts, patterns) };
}

function windowOf({ layers }: LocalLayers, { layer }: RowBlock): number {
  const found = layers[layer];
  return found.kind === "maxPool2d" ? found.window : 1;
}
