import { runInNewContext } from "node:vm";
import { isDate, isList, isObject, isTypedArray, membersOf } from "../src/unknownValue";

/** A value of another realm, as notebook cells make them. */
const foreign = (code: string): unknown => runInNewContext(code);

describe("membersOf", () => {
  test("reads members of anything, and finds none of undefined and null", () => {
    expect(membersOf<{ size: number }>(new Set([1])).size).toBe(1);
    expect(membersOf<{ length: number }>("abc").length).toBe(3);
    expect(membersOf<{ size: number }>(() => 0).size).toBeUndefined();
    for (const nothing of [undefined, null]) {
      expect(membersOf<{ size: number }>(nothing).size).toBeUndefined();
    }
  });

  test("gives back the value itself, so that a getter is asked once", () => {
    let asked = 0;
    const value = {
      get size() {
        return ++asked;
      },
    };
    const { size } = membersOf<{ size: number }>(value);
    expect([size, asked]).toEqual([1, 1]);
  });
});

describe("isObject, isList, isTypedArray and isDate", () => {
  test("tell values of any realm apart", () => {
    const kinds = (value: unknown): boolean[] => [isObject(value), isList(value)];
    for (const make of [(code: string): unknown => eval(code), foreign]) {
      expect(kinds(make("({ a: 1 })"))).toEqual([true, false]);
      expect(kinds(make("[1, 2]"))).toEqual([false, true]);
      expect(kinds(make("null"))).toEqual([false, false]);
      expect(kinds(make("'text'"))).toEqual([false, false]);
      expect(isTypedArray(make("new Float64Array(2)"))).toBe(true);
      expect(isTypedArray(make("new BigInt64Array(2)"))).toBe(true);
      expect(isTypedArray(make("new DataView(new ArrayBuffer(8))"))).toBe(false);
      expect(isTypedArray(make("new ArrayBuffer(8)"))).toBe(false);
      expect(isTypedArray(make("[1, 2]"))).toBe(false);
      expect(isDate(make("new Date(0)"))).toBe(true);
      expect(isDate(make("new Date(0).toISOString()"))).toBe(false);
    }
  });
});
