import { leadingPlaces, termCountOf } from "./blockRows";
import type { LocalValues } from "./patch/localLayer";
import type { PatternPullBack } from "./patch/patchPullBack";
import type { RowBlock } from "./rowBlocks";

/** Rows of one channel that are tried for a guess of its rows' norms, and how much it allows. */
const SAMPLES = 12;
const ALLOWANCE = 1.2;

/** Guesses of rows' norms: the largest of a few rows of the same channel, and a little more. */
export class NormGuesses {
  private readonly byLayer = new Map<number, Float64Array>();

  constructor(private readonly pullBack: PatternPullBack) {}

  /** For each row of a block. */
  of({ layer, count, rows }: RowBlock, values: LocalValues): Float64Array {
    const channels = this.ofChannels(layer, values);
    const pixels = values.height * values.width;
    const norms = new Float64Array(count);
    // The difference of two values is at most as long as both together.
    const times = termCountOf(rows);
    const places = leadingPlaces(rows);
    for (let index = 0; index < count; index++) {
      norms[index] = times * channels[Math.floor(places[index] / pixels)];
    }
    return norms;
  }

  /** By channel, of single values after so many layers. */
  private ofChannels(layerCount: number, values: LocalValues): Float64Array {
    const { layers, values: all } = this.pullBack.local;
    // A ReLU or a pooling passes single values on, or nothing: guess where they come from.
    let from = layerCount;
    while (from > 1 && layers[from - 1].kind !== "conv2d") from--;
    const known = this.byLayer.get(from);
    if (known !== undefined) return known;
    const { height, width } = all[from];
    const guesses = new Float64Array(values.channels);
    for (let channel = 0; channel < guesses.length; channel++) {
      let most = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const row = (sample * 61 + channel * 7) % height;
        const column = (sample * 37 + channel * 11) % width;
        const place = (channel * height + row) * width + column;
        const window = { top: row, left: column, rows: 1, columns: 1 };
        const patch = this.pullBack.pullBack(from, [{ place, factor: 1 }], window);
        most = Math.max(most, normOf(this.pullBack.valuesOf(patch)));
      }
      guesses[channel] = ALLOWANCE * most;
    }
    // A channel may be silent where it was tried, and not elsewhere.
    const largest = guesses.reduce((most, guess) => Math.max(most, guess), 0);
    const filled = guesses.map((guess) => (guess > 0 ? guess : largest));
    this.byLayer.set(from, filled);
    return filled;
  }
}

function normOf(values: Readonly<Float64Array>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] * values[index];
  return Math.sqrt(sum);
}
