import * as ts from "@tslab/typescript-for-tslab";
import { exportVariables } from "../../../../kernel/child/compile/exportVariables";

describe("exportVariables", () => {
  test("moves variables from the list of exports to their declarations", () => {
    const code =
      "let a = 1;\nfunction f() { return a; }\nconst { b, c: [d] } = g;\nexport { a, f, b, d };\n";
    const exported = exportVariables(ts, code);
    expect(exported.code).toBe(
      "export let a = 1;\nfunction f() { return a; }\nexport const { b, c: [d] } = g;\nexport { f };\n",
    );
    expect([...exported.shiftedLines]).toEqual([0, 2]);
  });

  test("leaves exported variables and variables inside blocks as they are", () => {
    const code = "export const r = 1;\nif (r) { var inner = 2; }\nexport { inner };\n";
    expect(exportVariables(ts, code).code).toBe(code);
  });
});
