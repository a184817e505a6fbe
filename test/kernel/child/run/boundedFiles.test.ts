import { createBoundedFiles } from "../../../../kernel/child/run/boundedFiles";

describe("createBoundedFiles", () => {
  test("keeps no more than its room, however many files come", () => {
    const files = createBoundedFiles<number>(100);
    for (let cell = 1; cell <= 5000; cell++) files.set(`cell-${cell}.ts`, cell, 10);
    expect(files.count()).toBe(10);
    expect([files.get("cell-4990.ts"), files.get("cell-4991.ts")]).toEqual([undefined, 4991]);
  });

  test("keeps the newest, whatever its size, and counts a file once", () => {
    const files = createBoundedFiles<string>(100);
    files.set("a.ts", "first", 60);
    files.set("a.ts", "second", 60);
    files.set("b.ts", "small", 40);
    expect([files.get("a.ts"), files.get("b.ts")]).toEqual(["second", "small"]);
    files.set("c.ts", "large", 1000);
    expect([files.get("a.ts"), files.get("c.ts"), files.count()]).toEqual([undefined, "large", 1]);
  });
});
