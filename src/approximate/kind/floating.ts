import { ArgumentError } from "../../errors";
import {
  createRounder,
  largestValue,
  spacingAt,
  type BinaryFormat,
} from "../../numeric/binaryFormat";
import type { ApproximationRules, GridSpacing, Place, Rounding } from "./rules";

/** What differs between floating formats that weights and biases are cast to. */
interface FloatingWords<Kind extends string> {
  readonly kind: Kind;
  readonly format: BinaryFormat;
  readonly form: string;
  /** All names there are, the short one first. */
  readonly names: readonly string[];
  readonly described: string;
  readonly bits: number;
}

/** The rules of casting every parameter to a floating format. */
export function floatingRules<Kind extends string>({
  kind,
  format,
  form,
  names,
  described,
  bits,
}: FloatingWords<Kind>): ApproximationRules<{ readonly kind: Kind }> {
  return {
    forms: [{ text: form, names: () => names }],
    read: (name) => (names.includes(name) ? { kind } : undefined),
    name: () => names[0],
    describe: () => described,
    rounding: () => castTo(format),
    spacing: () => unitsOf(format),
    storedBits:
      () =>
      ({ values }) =>
        bits * values.length,
  };
}

/**
 * Rounds to a format and refuses what would become infinite: the twin would have no finite output.
 */
export function castTo(format: BinaryFormat): Rounding {
  const round = createRounder(format);
  return ({ values }, { where }) => {
    const rounded = new Float64Array(values.length);
    // A plain loop: a callback for each of ten million weights costs more than their rounding.
    for (let index = 0; index < values.length; index++) {
      rounded[index] = round(values[index]);
      if (!Number.isFinite(rounded[index])) throw tooLarge(values, index, where, format);
    }
    return rounded;
  };
}

function tooLarge(
  values: Readonly<Float64Array>,
  index: number,
  where: Place["where"],
  format: BinaryFormat,
): ArgumentError {
  return new ArgumentError(
    `${where}, value ${index}: ${values[index]} cannot be rounded to ${format.name}, whose largest value is ` +
      `${largestValue(format)}; scale the network or choose a format with a wider range`,
  );
}

function unitsOf(format: BinaryFormat): GridSpacing {
  return ({ values }) => values.map((value) => spacingAt(value, format));
}
