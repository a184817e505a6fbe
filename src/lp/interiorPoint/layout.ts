import { bandStride } from "../../numeric/bandKernels";
import type { FrameOffer, FrameShape, Picture } from "../framedRows";

/**
 * Values of the normal matrix at most: 128 MB. Larger pictures, or deep convolutions whose frames
 * cover much of them, are left to other engines.
 */
const LARGEST_MATRIX = 1 << 24;

/**
 * How a program's variables lie in the engine: pixel after pixel, the channels of a pixel beside
 * each other, so that a frame is a stack of short runs and AᵀA a band.
 */
export interface Layout {
  readonly size: number;
  /** Values of one line of the picture. */
  readonly line: number;
  readonly channels: number;
  readonly shapes: readonly PlacedShape[];
  /** Half the width of the band: entries (i, j) of AᵀA are zero for |i − j| above it. */
  readonly reach: number;
  readonly stride: number;
  /** For each place in the engine, the program's variable. */
  readonly variables: Int32Array;
}

/** A frame's size in values; lines are filled up to an even `pitch`. */
export interface PlacedShape {
  readonly lines: number;
  readonly width: number;
  readonly pitch: number;
}

/**
 * The layout of a picture. The band follows from the frames: the last value of a frame lies (lines
 * − 1) · line + width − 1 behind its first.
 */
export function layoutOf({ picture, shapes }: Pick<FrameOffer, "picture" | "shapes">): Layout {
  const { height, width, channels } = picture;
  const line = width * channels;
  const placed = shapes.map((shape) => placeShape(shape, channels));
  const reach = Math.max(0, ...placed.map((shape) => (shape.lines - 1) * line + shape.width - 1));
  const overhang = Math.max(0, ...placed.map(({ pitch }) => pitch));
  return {
    size: height * line,
    line,
    channels,
    shapes: placed,
    reach,
    stride: bandStride(reach, overhang),
    variables: variablesOf(picture),
  };
}

/** Whether the engine takes pictures of this size with these frames. */
export function isManageable(offer: Pick<FrameOffer, "picture" | "shapes">): boolean {
  const { height, width, channels } = offer.picture;
  const line = width * channels;
  const placed = offer.shapes.map((shape) => placeShape(shape, channels));
  const reach = Math.max(0, ...placed.map((shape) => (shape.lines - 1) * line + shape.width - 1));
  return placed.length > 0 && height * line * (reach + line) <= LARGEST_MATRIX;
}

function placeShape(shape: FrameShape, channels: number): PlacedShape {
  const width = shape.width * channels;
  return { lines: shape.height, width, pitch: width + (width % 2) };
}

function variablesOf({ height, width, channels }: Picture): Int32Array {
  const variables = new Int32Array(height * width * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < height * width; pixel++) {
      variables[pixel * channels + channel] = channel * height * width + pixel;
    }
  }
  return variables;
}
