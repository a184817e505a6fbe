import { openSession, streamOf, tracebackOf, type TestSession } from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
  await session.evaluate(
    "const frame = rl.createDataFrame(\n" +
      '  { approx: ["half", "int8"], error: [0.5, 0.25] },\n' +
      '  { index: [7, 9], indexName: "point" },\n);',
  );
});
afterAll(() => session.close());

describe("DataFrames in a cell", () => {
  test.each([
    ['frame.query(frame.column("approx").eq("half")).index.join()', "'7'"],
    ['Math.max(...frame.column("error").values)', "0.5"],
    ['frame.groupby("approx").max().column("error_max").values.length', "2"],
    ['frame.column("approx").values[0].toUpperCase()', "'HALF'"],
    ['Math.min(...frame.groupby(["approx"]).mean().column("error_mean").values)', "0.25"],
    ['rl.merge(frame, frame, { on: "point" }).shape.join()', "'2,5'"],
  ])("compile and compute: %s", async (code, expected) => {
    expect(await session.evaluate(code)).toBe(expected);
  });

  test("know the types of their columns", async () => {
    const wrong = await session.run('frame.column("approx").values[0].toFixed()');
    expect(wrong.reply.evalue).toMatch(/'toFixed' does not exist on type 'string'/);
  });

  test("are printed as tables by console.log, also inside of other values", async () => {
    const printed = streamOf(
      await session.run("console.log(frame); console.log([frame]);"),
      "stdout",
    );
    expect(printed.match(/point {2}approx {2}error/g)).toHaveLength(2);
    expect(printed).not.toContain("$data");
  });

  test("name the library's types by rl", async () => {
    const code =
      "const box: rl.Domain = rl.PIXEL_DOMAIN;\n" +
      'const how: rl.JoinKind = "left";\n' +
      "const typed: rl.DataFrame<{ error: number }> = frame;\n" +
      "let network: rl.Network | undefined;\n" +
      "[typeof box, how, typed.shape.join(), typeof rl.createDataFrame].join()";
    expect(await session.evaluate(code)).toBe("'object,left,2,2,function'");
  });

  test("show a failure by the cell's own line, and no frame of a package", async () => {
    const own = tracebackOf(await session.run("frame.add(1)")).join("\n");
    expect(own).toContain('add of column "approx" needs numbers, but there is the text "half"');
    expect(own).toMatch(/> 1 \| frame\.add\(1\)/);
    const code =
      'import * as dfd from "danfojs-node";\n(frame as dfd.DataFrame).getDummies({ columns: ["x"] })';
    const foreign = tracebackOf(await session.run(code)).join("\n");
    for (const text of [own, foreign]) {
      expect(text.match(/\n {4}at .*/g)?.every((line) => /cell-\d+\.ts/.test(line))).toBe(true);
    }
  });
});
