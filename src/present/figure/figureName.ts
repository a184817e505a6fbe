import { createHash } from "node:crypto";
import type { FigureData } from "./figureData";

/** A short name of a figure, by its content. */
export function figureName(figure: FigureData): string {
  const { data, layout } = figure;
  return `rl${createHash("sha256").update(JSON.stringify({ data, layout })).digest("hex").slice(0, 8)}`;
}
