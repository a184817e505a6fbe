import * as ts from "@tslab/typescript-for-tslab";
import { declarationsAfterFailure } from "../../../../kernel/child/compile/declarations";

/** The declarations after a cell in which these names were assigned. */
const after = (before: string, whole: string, ...assigned: string[]): string[] =>
  declarationsAfterFailure(ts, before, whole, (name) => assigned.includes(name))
    .trim()
    .split("\n");

describe("declarationsAfterFailure", () => {
  test("keeps variables that got a value, one by one", () => {
    const whole = "declare let a: number, b: string;\ndeclare const c: number[];\n";
    expect(after("", whole, "a", "c")).toEqual([
      "declare let a: number;",
      "declare const c: number[];",
    ]);
  });

  test("keeps types, and what stood before and still stands", () => {
    const before = "declare let old: number;\n";
    const whole = "interface I {\n}\ntype T = I;\ndeclare let old: number;\n";
    expect(after(before, whole)).toEqual([
      "interface I {",
      "}",
      "type T = I;",
      "declare let old: number;",
    ]);
  });

  test("restores what stood before of a variable that got no new value", () => {
    const before = "declare let x: number;\n";
    const whole = "declare let x: string;\n";
    expect(after(before, whole)).toEqual(["declare let x: number;"]);
    expect(after(before, whole, "x")).toEqual(["declare let x: string;"]);
  });

  test("keeps functions, classes and imports by their names", () => {
    const whole =
      'declare function f(): void;\ndeclare class C {\n}\nimport d, { e as g } from "m";\nimport * as n from "m";\n';
    expect(after("", whole, "f", "d", "g")).toEqual([
      "declare function f(): void;",
      'import d, { e as g } from "m";',
    ]);
    expect(after("", whole, "C", "n")).toEqual([
      "declare class C {",
      "}",
      'import * as n from "m";',
    ]);
  });
});
