import { DISPLAY, type Displayable } from "../../../src/present/display";
import { formatProgress, remainingSeconds } from "../../../src/present/progress/progress";
import { progressBar, reportProgress } from "../../../src/present/progress/progressDisplay";

const plain = (text: string): string => text.replace(/\u202f/g, " ");

describe("formatProgress", () => {
  test("tells rate, share, best value and time left", () => {
    const state = {
      label: "appmax",
      done: 120,
      total: 10000,
      seconds: 60,
      best: { label: "largest E", value: 0.099374 },
    };
    expect(plain(formatProgress(state))).toBe(
      "appmax 120/10 000 (1.2 %), 2/s, largest E 0.09937, 1 h 22 min left",
    );
  });

  test("counts neither rate nor time left by what an earlier run had stored", () => {
    const state = { label: "appmax", done: 60, total: 70, seconds: 20, skipped: 50 };
    expect(remainingSeconds(state)).toBe(20);
    expect(plain(formatProgress(state))).toBe(
      "appmax 60/70 (85.7 %), 50 from store, 2 s each, 20 s left",
    );
  });

  test("promises nothing before anything is done", () => {
    const state = {
      label: "train",
      done: 0,
      total: 20,
      seconds: 0,
      best: { label: "E", value: -Infinity },
    };
    expect(plain(formatProgress(state))).toBe("train 0/20 (0.0 %)");
    expect(remainingSeconds(state)).toBeUndefined();
  });

  test("says 100 % only when all is done", () => {
    const state = { label: "x", done: 99999, total: 100000, seconds: 10 };
    expect(plain(formatProgress(state))).toContain("(99.9 %)");
    expect(plain(formatProgress({ ...state, done: 100000 }))).toMatch(/\(100 %\).*done in 10 s$/);
    const untimed = { ...state, done: 100000, seconds: NaN };
    expect(plain(formatProgress(untimed))).toMatch(/\(100 %\)(?!.*\/s).*, done$/);
  });
});

describe("reportProgress", () => {
  const state = (done: number): Parameters<typeof formatProgress>[0] => ({
    label: "x",
    done,
    total: 3,
    seconds: done,
  });

  test("shows one display and then updates it, leaving out what comes too fast", () => {
    const calls: { text: unknown; id: string; update: boolean }[] = [];
    let time = 0;
    const report = reportProgress("run-1", {
      show: (value: Displayable, { id, update }) => {
        const bundle = value[DISPLAY]() as Record<string, unknown>;
        calls.push({ text: plain(String(bundle["text/plain"])), id, update });
      },
      now: () => time,
      intervalMilliseconds: 100,
    });
    report.update(state(0));
    time = 50;
    report.update(state(1));
    time = 150;
    report.update(state(2));
    report.update(state(3));
    expect(calls.map(({ text }) => String(text).slice(0, 5))).toEqual(["x 0/3", "x 2/3", "x 3/3"]);
    expect(calls.map(({ id, update }) => [id, update])).toEqual([
      ["run-1", false],
      ["run-1", true],
      ["run-1", true],
    ]);
  });

  test("writes lines where there is no notebook", () => {
    const lines: string[] = [];
    const report = reportProgress("run-1", { writeLine: (line) => lines.push(line), now: () => 0 });
    [0, 1, 2, 3].forEach((done) => report.update(state(done)));
    expect(lines.map((line) => line.slice(0, 5))).toEqual(["x 0/3", "x 3/3"]);
  });

  test("escapes what a label brings into the page", async () => {
    const bundle = await progressBar({ ...state(1), label: "<b>" })[DISPLAY]();
    expect(bundle["text/html"]).toContain("&lt;b&gt; 1/3");
  });
});
