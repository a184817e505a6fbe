import { createProgram } from "../../src/cli/main";
import { EXHIBITS } from "../../src/paper/exhibits";
import { runHere } from "./runHere";

describe("roundlab list", () => {
  test("shows each exhibit with its notebook and its runs, as JSON with its columns", async () => {
    const { stdout } = await runHere(createProgram(), ["list"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[1]).toMatch(/^ +exhibit +title +notebook +runs$/);
    expect(lines).toHaveLength(3 + EXHIBITS.length);
    const json = (await runHere(createProgram(), ["list", "--json"])).stdout.trimEnd().split("\n");
    expect(json.map((line) => (JSON.parse(line) as { exhibit: string }).exhibit)).toEqual(
      EXHIBITS.map(({ name }) => name),
    );
  });
});

describe("roundlab status", () => {
  test("says of each number what it is, in the headings and in JSON, as the declaration does", async () => {
    const { stdout } = await runHere(createProgram(), ["status"]);
    const [, headings, kinds] = stdout.split("\n");
    expect(headings).toMatch(
      / run +points +of +proved +not +E_T +E_Ξ\(T\) +disagree +method +a point/,
    );
    expect(kinds.trim().split(/ {2,}/)).toEqual(
      Array(3).fill("attained, logits, L1").fill("attained", 2),
    );
    expect(stdout).toMatch(/\nattained: reached at an input/);
    const json = (await runHere(createProgram(), ["status", "--json"])).stdout.split("\n")[0];
    expect(JSON.parse(json)).toMatchObject({
      kinds: { E_T: "attained", E_Xi: "attained", leastShare: "attained" },
    });
  });
});
