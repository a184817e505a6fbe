import { plainExpected, resultOf, type Comparisons } from "./comparison";
import { FRAME_COMPARISONS } from "./frameComparisons";
import { frameOf, rowsOf, SHAPES, type Shape } from "./frameShapes";
import { GROUP_COMPARISONS } from "./groupComparisons";
import { membersOf } from "./members";
import { SERIES_COMPARISONS } from "./seriesComparisons";

/** Each use of each member, on each shape of frame. */
function compareAll<Subject>(
  comparisons: Comparisons<Subject>,
  subjectOf: (shape: Shape, columns: readonly string[]) => Subject,
): void {
  const uses = Object.entries(comparisons).flatMap(([member, named]) =>
    Object.entries(named).map(([name, comparison]) => ({ member, name, comparison })),
  );
  test.each(uses)("$member: $name", async ({ comparison }) => {
    for (const shape of SHAPES) {
      const { columns, actual, expected } = comparison;
      const found = await resultOf(() => actual(subjectOf(shape, columns), shape));
      const wanted = plainExpected(expected(rowsOf(shape, columns), shape));
      expect({ shape: shape.name, result: found }).toEqual({ shape: shape.name, result: wanted });
    }
  });
}

describe("every member of DataFrame does what rows and labels say", () => {
  compareAll(FRAME_COMPARISONS, frameOf);

  test("none is left without a comparison", () => {
    expect(Object.keys(FRAME_COMPARISONS).sort()).toEqual(
      membersOf("frameType.ts", "DataFrame").sort(),
    );
  });
});

describe("every member of Series does what rows and labels say", () => {
  compareAll(SERIES_COMPARISONS, (shape, columns) => {
    const name = columns.find((column) => column in shape.columns) ?? "error";
    return frameOf(shape, [name]).column<unknown>(name);
  });

  test("none is left without a comparison", () => {
    expect(Object.keys(SERIES_COMPARISONS).sort()).toEqual(
      membersOf("seriesType.ts", "Series").sort(),
    );
  });
});

describe("every member of GroupedFrame does what rows and labels say", () => {
  compareAll(GROUP_COMPARISONS, frameOf);

  test("none is left without a comparison", () => {
    expect(Object.keys(GROUP_COMPARISONS).sort()).toEqual(
      membersOf("frameType.ts", "GroupedFrame").sort(),
    );
  });
});
