import type { CellRequest } from "../../protocol/cellProtocol";
import type { JsonObject } from "../../protocol/message";
import type { Converter } from "./conversion";

/** The candidates at a cursor, with their kinds as JupyterLab shows them. */
export function completeCode(
  converter: Converter,
  declarations: string,
  { code, cursor }: Extract<CellRequest, { kind: "complete" }>,
): JsonObject {
  const { start, end, matches } = converter.complete(declarations, code, cursor);
  const typed = matches.map(({ name, kind }) => ({ text: name, type: kind, start, end }));
  return {
    start,
    end,
    matches: matches.map(({ name }) => name),
    metadata: { _jupyter_types_experimental: typed },
  };
}
