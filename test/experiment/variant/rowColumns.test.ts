import { columnsOfRows } from "../../../src/experiment/variant/rowColumns";
import { appMaxRow } from "../rows";

describe("columns of exported rows", () => {
  const namesOf = (rows: readonly object[]): string[] =>
    columnsOfRows("appmax", rows).map(({ name }) => name);

  test("have the allowance behind the bound where rows are proved in real arithmetic, only there", () => {
    const plain = namesOf([appMaxRow(1)]);
    expect(plain).not.toContain("roundingAllowance");
    const real = [appMaxRow(1, { roundingAllowance: 3e-12 })];
    const place = plain.indexOf("upperBound") + 1;
    expect(namesOf(real)).toEqual(plain.toSpliced(place, 0, "roundingAllowance"));
    expect(columnsOfRows("appmax", real)[place].values).toEqual([3e-12]);
  });
});
