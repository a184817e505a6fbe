import { ShapeError } from "../../errors";
import { formatEnd } from "../numberFormat";
import { dumbbellFigure, type DumbbellOptions } from "./dumbbellFigure";
import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { plainText } from "./figureFrame";
import { shownDigits } from "./shownDigits";
import { FONT, INK } from "./theme";

/** What is known of the largest error of one thing, from the smallest number to the largest. */
export interface TwoSidedLine {
  readonly name: string;
  /** The largest that was seen at points: attained there, and a sample. */
  readonly seen: number | null;
  /** The largest that was attained on polytopes around points. */
  readonly appMax: number | null;
  /** The largest that was found anywhere. */
  readonly found: number | null;
  /** What no input exceeds. */
  readonly bound: number | null;
}

/** What each mark is called; its kind is added. */
const MARKS = {
  seen: { name: "largest at points", kind: "attained" },
  appMax: { name: "AppMax, around points", kind: "attained" },
  found: { name: "worst input found", kind: "attained" },
  bound: { name: "every input", kind: "bound" },
} as const;

/** Pixels for a line with its numbers, and for what stands around all lines. */
const LINE = 54;
const AROUND = 200;

/** How far from its line a text stands, in lines. */
const ABOVE = 0.14;
const BELOW = 0.04;

const DIGITS = 3;

/** Where the number of a mark stands. */
const PLACES = {
  seen: { shift: -ABOVE, position: "top left" },
  appMax: { shift: ABOVE, position: "bottom center" },
  found: { shift: -ABOVE, position: "top center" },
  bound: { shift: -ABOVE, position: "top center" },
} as const;

const NAMES = ["seen", "appMax", "found", "bound"] as const;

/**
 * Both sides of the largest error on one axis: what was seen at points, what AppMax attains around
 * them, the worst input found, and what is proved for every input. The true maximum lies where the
 * line is thin, between the last two. What is not known has no mark.
 *
 * @throws ShapeError unless the numbers of a line grow in this order
 * @example
 * rl.twoSidedFigure([{ name: "net1", seen: 0.016, appMax: 0.048, found: 0.13, bound: 6.7 }])
 */
export function twoSidedFigure(
  lines: readonly TwoSidedLine[],
  options: DumbbellOptions = {},
): Figure {
  lines.forEach(checkOrder);
  const series = NAMES.map((mark) => ({
    ...MARKS[mark],
    values: lines.map((line) => line[mark]),
  }));
  const height = AROUND + LINE * lines.length;
  const defaults = { label: "E", unit: "logits, L1", scale: "log", height } as const;
  const { data, layout } = dumbbellFigure(
    lines.map(({ name }) => name),
    series,
    { ...defaults, ...options },
  );
  return createFigure(
    [...data, ...NAMES.map((mark) => numbersOf(lines, mark)), noteOf(lines)],
    layout,
  );
}

/** A figure that says otherwise would say something false. */
function checkOrder(line: TwoSidedLine): void {
  const known = NAMES.filter((mark) => line[mark] !== null);
  known.slice(1).forEach((mark, index) => {
    const [low, high] = [line[known[index]], line[mark]];
    if (Number(low) <= Number(high)) return;
    throw new ShapeError(
      `${line.name}: ${known[index]} is ${low}, above ${mark}, which is ${high}; expected numbers ` +
        `that grow in the order ${NAMES.join(", ")}`,
    );
  });
}

/**
 * The numbers above the marks; a bound is rounded up, what is attained down. Marks are often near
 * each other: what AppMax attains has its number below, and what was seen to the left.
 */
function numbersOf(lines: readonly TwoSidedLine[], mark: (typeof NAMES)[number]): PlotlyObject {
  const side = mark === "bound" ? "upper" : "lower";
  return textTrace(
    lines.map((line) => line[mark]),
    lines.map((line) => (line[mark] === null ? "" : formatEnd(line[mark], side, DIGITS))),
    { color: INK.text, ...PLACES[mark] },
  );
}

/** Between what is found and what is proved, on the first line that has both. */
function noteOf(lines: readonly TwoSidedLine[]): PlotlyObject {
  const first = lines.findIndex(({ found, bound }) => found !== null && bound !== null);
  const places = lines.map(({ found, bound }, line) =>
    line === first && found !== null && bound !== null ? Math.sqrt(found * bound) : null,
  );
  const words = lines.map((_, line) => (line === first ? "the true maximum is in here" : ""));
  return textTrace(places, words, { color: INK.muted, shift: BELOW, position: "bottom center" });
}

function textTrace(
  x: readonly (number | null)[],
  text: readonly string[],
  { color, shift, position }: { color: string; shift: number; position: string },
): PlotlyObject {
  return {
    type: "scatter",
    mode: "text",
    showlegend: false,
    hoverinfo: "skip",
    x: x.map(shownDigits),
    y: x.map((_, line) => line + shift),
    text: text.map(plainText),
    textposition: position,
    textfont: { size: FONT.captionSize, color },
    cliponaxis: false,
  };
}
