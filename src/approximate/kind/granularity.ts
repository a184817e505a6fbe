import { ArgumentError } from "../../errors";
import type { Parameter } from "../../network/layer/layerRules";

/**
 * Which weights share a scale: all of a layer (`tensor`), those of one output (`channel`), or runs
 * of so many within those of one output (`block64`), the last of which may be shorter.
 */
export type Granularity = "tensor" | "channel" | `block${number}`;

/** Weights `start` .. `end − 1`. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** As names have it behind a colon; what is left out is `tensor`. */
export const GRANULARITY = "tensor|channel|block\\d{1,6}";

/**
 * The granularity that a part of a name says.
 *
 * @throws ArgumentError for blocks of no weights
 */
export function readGranularity(text: string | undefined, typed: string): Granularity {
  if (text === undefined || text === "tensor") return "tensor";
  if (text === "channel") return "channel";
  const size = Number(text.slice("block".length));
  if (size >= 1) return `block${size}`;
  throw new ArgumentError(`approximation "${typed}": a block has at least one weight`);
}

/** The end of a name, empty for the granularity that goes without saying. */
export function granularityName(granularity: Granularity, silent: Granularity = "tensor"): string {
  return granularity === silent ? "" : `:${granularity}`;
}

/** `one for each layer` and the like. */
export function oneForEach(granularity: Granularity): string {
  if (granularity === "tensor") return "one for each layer";
  if (granularity === "channel") return "one for each output";
  return `one for each ${granularity.slice("block".length)} weights of an output`;
}

/** The runs of weights that share a scale. */
export function runsOf(count: number, channels: number, granularity: Granularity): Run[] {
  if (count === 0) return [];
  if (granularity === "tensor") return [{ start: 0, end: count }];
  const size = count / channels;
  const block = granularity === "channel" ? size : Number(granularity.slice("block".length));
  const runs: Run[] = [];
  for (let from = 0; from < count; from += size) {
    for (let start = from; start < from + size; start += block) {
      runs.push({ start, end: Math.min(start + block, from + size) });
    }
  }
  return runs;
}

/** The largest magnitude of a run of weights. */
export function largestMagnitude(values: Readonly<Float64Array>, { start, end }: Run): number {
  let largest = 0;
  for (let index = start; index < end; index++) {
    largest = Math.max(largest, Math.abs(values[index]));
  }
  return largest;
}

/**
 * What `change` makes of each weight and the scale that it shares, which carries the largest
 * magnitude of its run to `largest`; weights of runs that are all 0 stay 0.
 */
export function mapByScale(
  { values, channels }: Parameter,
  granularity: Granularity,
  largest: number,
  change: (value: number, scale: number) => number,
): Float64Array {
  const changed = new Float64Array(values.length);
  for (const run of runsOf(values.length, channels, granularity)) {
    const scale = largestMagnitude(values, run) / largest;
    if (scale === 0) continue;
    for (let index = run.start; index < run.end; index++) {
      changed[index] = change(values[index], scale);
    }
  }
  return changed;
}
