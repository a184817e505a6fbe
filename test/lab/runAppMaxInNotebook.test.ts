import { DISPLAY, type Displayable } from "../../src/present/display";
import { runAppMaxInNotebook } from "../../src/lab/runAppMaxInNotebook";
import { smallRun } from "../experiment/smallRun";

const place = globalThis as { display?: unknown };
const shown: { text: string; id: string; update: boolean }[] = [];
beforeEach(() => {
  shown.length = 0;
  place.display = (value: Displayable, { id, update }: { id: string; update: boolean }) => {
    const bundle = value[DISPLAY]() as { "text/plain": string };
    shown.push({ text: bundle["text/plain"], id, update });
  };
});
afterEach(() => delete place.display);

describe("runAppMaxInNotebook", () => {
  test("shows one line in a notebook, whose last state tells no times", async () => {
    const { rows } = await runAppMaxInNotebook(smallRun([0, 1, 2]), { workers: 1 });
    expect(new Set(shown.map(({ id }) => id)).size).toBe(1);
    expect(shown.map(({ update }) => update)).toEqual([false, ...shown.slice(1).map(() => true)]);
    expect(shown.at(-1)?.text).toMatch(
      new RegExp(`^appmax ${rows.length}/${rows.length} \\(100.%\\), largest E [\\d.e-]+, done$`),
    );
  });

  test("shows nothing to one who watches the rows", async () => {
    const seen: number[] = [];
    await runAppMaxInNotebook(smallRun([0, 1, 2]), {
      workers: 1,
      onRow: ({ point }) => seen.push(point),
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(shown).toEqual([]);
  });
});
