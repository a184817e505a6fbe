import type { EndOfInterval } from "../claim/column";

export type { EndOfInterval } from "../claim/column";

/**
 * A number as a text of few digits that still is the end of an interval that it was: a lower end
 * is not above it, an upper end not below.
 *
 * @param write  rounds to the nearest
 * @param step   one of the last digit that `write` shows
 * @example outwards(0.7349, "upper", (value) => value.toFixed(2), 0.01)  // 0.74
 */
export function outwards(
  value: number,
  end: EndOfInterval | undefined,
  write: (value: number) => string,
  step: number,
): string {
  const text = write(value);
  if (end === undefined || !Number.isFinite(value)) return text;
  const isWithin = (one: string): boolean =>
    end === "upper" ? Number(one) >= value : Number(one) <= value;
  if (isWithin(text)) return text;
  const way = end === "upper" ? step : -step;
  const moved = write(Number(text) + way);
  // One step may be lost to the rounding of so large a number.
  return isWithin(moved) ? moved : write(Number(moved) + way);
}
