import { DESCRIPTION_ROWS, describeValues } from "../table/describeColumns";
import { isMissing } from "./missing";
import { columnsOf, frameParts, type FrameParts } from "./parts";

/** Count, mean, spread and quartiles of every numeric column; missing values are left out. */
export function describeParts(parts: FrameParts): FrameParts {
  const described = columnsOf(parts)
    .filter(({ dtype }) => dtype === "int32" || dtype === "float32")
    .map(({ name, values }) => {
      const numbers = values.filter(
        (value): value is number => typeof value === "number" && !isMissing(value),
      );
      return { name, values: describeValues(numbers), dtype: "float32" } as const;
    });
  return frameParts(described, DESCRIPTION_ROWS, { caption: parts.notes.caption });
}
