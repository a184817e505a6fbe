import { ArgumentError } from "../../errors";
import type { FigureData } from "./figureData";
import { isTypedArray } from "../../unknownValue";

/**
 * A figure as JSON, as Plotly and notebooks read it. Typed arrays become plain ones, which JSON
 * would write as objects; big integers become numbers; what is not finite becomes a gap.
 *
 * @throws ArgumentError if a member contains itself
 */
export function figureJson({ data, layout, config }: FigureData): string {
  try {
    return JSON.stringify({ data, layout, config }, plainMember);
  } catch (error) {
    throw new ArgumentError(
      "a figure should be plain JSON, but a member of it cannot be written; does it contain itself?",
      { cause: error },
    );
  }
}

/** A figure's members alone, plain; a copy that shares nothing with the figure. */
export function plainFigure(figure: FigureData): FigureData {
  // The text has been made from a figure, and no member of these names is lost on the way.
  return JSON.parse(figureJson(figure)) as FigureData;
}

function plainMember(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return isTypedArray(value) ? Array.from(value, Number) : value;
}
