import { convolutionSizes, type SquareConvolution } from "../../network/layer/conv2d";
import { layOutActive } from "./activeChannels";
import type { LocalRules, PatchSite } from "./localRule";
import type { Rectangle } from "./patch";

/** A convolution: a value behind it is a window of values before it, by the channel's weights. */
export const convolutionRules: LocalRules<SquareConvolution> = {
  valuesBehind(layer, before) {
    const { outChannels, outHeight, outWidth } = convolutionSizes(layer);
    return {
      channels: outChannels,
      height: outHeight,
      width: outWidth,
      jump: before.jump * layer.stride,
      offset: before.offset + layer.padding * before.jump,
      extent: before.extent + (layer.kernel - 1) * before.jump,
    };
  },
  before({ kernel, stride, padding }, { top, left, rows, columns }) {
    return {
      top: top * stride - padding,
      left: left * stride - padding,
      rows: (rows - 1) * stride + kernel,
      columns: (columns - 1) * stride + kernel,
    };
  },
  place(layer, site) {
    const { kernels, before, behind, isRectified } = site;
    const { kernel, stride, inChannels } = layer;
    const { height, width, channels } = behind.values;
    const pitch = pitchOf(layer);
    const blocks = layOut(pitch, site);
    const run = kernel * inChannels;
    const clear = ({ rows, columns }: Rectangle): void =>
      kernels.patches.clear({ out: before.block.at, length: rows * columns * inChannels });
    return {
      takes: "windows",
      fill: () => fill(layer, pitch, blocks.weights.view),
      listActive: (switches) => blocks.active.list(isRectified ? switches : undefined),
      openTerms(terms, patch, opened) {
        clear(opened);
        const line = opened.columns * inChannels;
        for (const { place, factor } of terms) {
          if (factor === 0) continue;
          const channel = Math.floor(place / (width * height));
          const pixel = place - channel * width * height;
          const row = Math.floor(pixel / width);
          const column = pixel - row * width;
          const corner =
            (row - patch.top) * stride * line + (column - patch.left) * stride * inChannels;
          kernels.patches.addLines({
            weights: blocks.weights.at + channel * pitch,
            lines: kernel,
            run,
            factor,
            out: before.block.at + corner,
            line,
          });
        }
      },
      carry({ rows, columns, top, left }, carried) {
        clear(carried);
        kernels.patches.pullConvolution({
          patch: behind.block.at,
          rows,
          columns,
          top,
          left,
          channels,
          height,
          width,
          active: blocks.active.lists.at,
          counts: blocks.active.counts.at,
          weights: blocks.weights.at,
          pitch,
          kernel,
          run,
          step: stride * inChannels,
          line: carried.columns * inChannels,
          stride,
          out: before.block.at,
          scratch: blocks.scratch.at,
          found: blocks.found.at,
        });
      },
    };
  },
};

/** Values from one output's weights to the next: an even number. */
function pitchOf({ kernel, inChannels }: SquareConvolution): number {
  const taps = kernel * kernel * inChannels;
  return taps + (taps % 2);
}

/** What a convolution needs of the memory beside its patches, as the kernel states it. */
function layOut(pitch: number, { make, behind }: PatchSite) {
  const { channels } = behind.values;
  return {
    weights: make.values(pitch * channels),
    active: layOutActive(make, behind.values),
    scratch: make.values(pitch + 8 + channels),
    found: make.integers(channels),
  };
}

/** The weights by output, `pitch` apart, each with the input channels beside each other. */
function fill(layer: SquareConvolution, pitch: number, out: Float64Array): void {
  const { inChannels, outChannels, kernel, weights } = layer;
  const taps = kernel * kernel;
  out.fill(0);
  for (let output = 0; output < outChannels; output++) {
    for (let input = 0; input < inChannels; input++) {
      for (let tap = 0; tap < taps; tap++) {
        out[output * pitch + tap * inChannels + input] =
          weights[(output * inChannels + input) * taps + tap];
      }
    }
  }
}
