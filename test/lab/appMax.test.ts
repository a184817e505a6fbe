import { appMax as solveAt } from "../../src/analyse/appMax";
import { createPolytopeWorkspace } from "../../src/analyse/polytope";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { pointOf } from "../../src/dataset/dataset";
import { createEngines } from "../../src/experiment/backend/engines";
import { runAppMax } from "../../src/experiment/variant/runAppMax";
import { agree } from "../../src/lab/agree";
import { appMax } from "../../src/lab/appMax";
import { compare } from "../../src/lab/compare";
import { sessionOf } from "../../src/lab/session";
import { twins as pairOf } from "../../src/lab/twins";
import { evaluate } from "../../src/network/evaluate";
import { loadKernels } from "../../src/numeric/loadKernels";
import { DISPLAY } from "../../src/present/display";
import { smallRun } from "../experiment/smallRun";

const run = smallRun([0, 1, 2]);
const { network, approximated, dataset } = run;
const twins = createTwins(network, approximated);
const x = pointOf(dataset, 0);

describe("appMax of a point", () => {
  test("is what workspace and engines of one's own give, and takes plain numbers", async () => {
    const { error, maximum, upperBound, witness, status } = await appMax(twins, Array.from(x));
    const own = solveAt(
      createPolytopeWorkspace(twins, loadKernels()),
      x,
      await createEngines("auto"),
    );
    expect({ error, maximum, upperBound, status }).toEqual({
      error: own.error,
      maximum: own.maximum,
      upperBound: own.upperBound,
      status: "certified",
    });
    expect(absoluteError(twins, witness)).toBe(maximum);
  });

  test("makes workspace and engines once for all points of a pair", async () => {
    const { workspace, engines } = sessionOf(twins);
    const first = await engines("auto");
    await appMax(twins, x);
    expect(sessionOf(twins).workspace).toBe(workspace);
    expect(await sessionOf(twins).engines("auto")).toBe(first);
    await expect(engines("none such")).rejects.toThrow(/unknown solver "none such"/);
  });

  test("shows itself with kinds, the box and the networks' names", async () => {
    const shown = (await appMax(twins, x))[DISPLAY]();
    const text = String((await shown)["text/plain"]);
    expect(text).toContain(`Largest difference of ${approximated.name} from ${network.name}`);
    expect(text).toMatch(/bound: proved for every input of the point's polytope in \[0, 1\]/);
    expect(text).toContain("certified");
  });

  test("names the sizes of a point that does not fit", async () => {
    const words = /takes 16 inputs, found 2 numbers; give one point/;
    await expect(appMax(twins, [1, 2])).rejects.toThrow(words);
  });
});

describe("appMax of a data set", () => {
  test("has the rows of runAppMax", async () => {
    const options = { points: "0:3", workers: 1, approximation: "test" };
    const found = await appMax(twins, dataset, options);
    const { rows } = await runAppMax(run, { workers: 1 });
    const numbers = (each: (typeof rows)[number]) => ({ ...each, milliseconds: 0 });
    expect(found.rows.map(numbers)).toEqual(rows.map(numbers));
  });

  test("asks for the points where none are named", async () => {
    const asked = appMax as (twins: object, where: object) => Promise<unknown>;
    await expect(asked(twins, dataset)).rejects.toThrow(/needs to know which points of small/);
  });
});

describe("twins", () => {
  test("takes a network and what is done to it, or the twin itself", async () => {
    const made = await pairOf(network, 8);
    expect(made.approximated.approximation).toBe("paper-8");
    expect((await pairOf(network, approximated)).approximated).toBe(approximated);
    const text = String((await made[DISPLAY]())["text/plain"]);
    expect(text).toMatch(/ beside network /);
  });
});

describe("compare", () => {
  test("counts what both networks make of the images, point by point", async () => {
    const points = [0, 5, 7, 11];
    const seen = await compare(twins, dataset, { points });
    const errors = points.map((point) => absoluteError(twins, pointOf(dataset, point)));
    const classOf = (one: typeof network, point: number): number => {
      const values = Array.from(evaluate(one, pointOf(dataset, point)));
      return values.indexOf(Math.max(...values));
    };
    const share = (one: typeof network): number =>
      points.filter((point) => classOf(one, point) === dataset.labels[point]).length / 4;
    expect(seen.accuracy).toBe(share(network));
    expect(seen.approximatedAccuracy).toBe(share(approximated));
    expect(seen.disagreeing).toEqual(
      points.filter((point) => classOf(network, point) !== classOf(approximated, point)),
    );
    expect(seen.largestError).toBeCloseTo(Math.max(...errors), 14);
    expect(seen.worstPoint).toBe(points[errors.indexOf(Math.max(...errors))]);
    expect(seen.meanError).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / 4, 14);
    expect(String((await seen[DISPLAY]())["text/plain"])).toMatch(/sample: seen on data/);
  });
});

describe("agree", () => {
  test("keeps margin ≤ bound at a point, attains it, and shows itself with kinds", async () => {
    const found = await agree(twins, x);
    expect(found.margin).toBeLessThanOrEqual(found.marginBound);
    const values = Array.from(evaluate(approximated, found.witness));
    expect(values[found.rivalClass] - values[found.exactClass]).toBe(found.margin);
    const text = String((await found[DISPLAY]())["text/plain"]);
    expect(text).toMatch(/bound: proved for every input of the point's region in \[0, 1\]/);
  });
});
