import { runTogether } from "../../src/cli/runTogether";

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("runTogether", () => {
  test("starts items in order, never more than so many at a time, and keeps results in order", async () => {
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const results = await runTogether([5, 1, 4, 2, 3], 2, async (item) => {
      started.push(item);
      most = Math.max(most, ++running);
      for (let turn = 0; turn < item; turn++) await later();
      running--;
      return 10 * item;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(started).toEqual([5, 1, 4, 2, 3]);
    expect(most).toBe(2);
  });

  test("starts nothing more after a failure, which it hands on", async () => {
    const started: number[] = [];
    const work = async (item: number): Promise<void> => {
      started.push(item);
      await later();
      if (item === 1) throw new Error("one failed");
    };
    await expect(runTogether([1, 2, 3, 4], 1, work)).rejects.toThrow("one failed");
    expect(started).toEqual([1]);
  });

  test("has nothing to do where there are no items", async () => {
    expect(await runTogether([], 2, async () => 1)).toEqual([]);
  });
});
