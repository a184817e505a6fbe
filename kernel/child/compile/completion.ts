import type { CellRequest } from "../../protocol/cellProtocol";
import type { JsonObject } from "../../protocol/message";
import type { Converter } from "./conversion";

/**
 * The candidates at a cursor, with their kinds as JupyterLab shows them. Names that are deprecated
 * come last and have that for a kind: the protocol knows no struck-through names.
 */
export function completeCode(
  converter: Converter,
  declarations: string,
  { code, cursor }: Extract<CellRequest, { kind: "complete" }>,
): JsonObject {
  const found = converter.complete(declarations, code, cursor);
  const { start, end } = found;
  const matches = [
    ...found.matches.filter(({ isDeprecated }) => !isDeprecated),
    ...found.matches.filter(({ isDeprecated }) => isDeprecated),
  ];
  const typed = matches.map(({ name, kind, isDeprecated }) => {
    return { text: name, type: isDeprecated ? "deprecated" : kind, start, end };
  });
  return {
    start,
    end,
    matches: matches.map(({ name }) => name),
    metadata: { _jupyter_types_experimental: typed },
  };
}
