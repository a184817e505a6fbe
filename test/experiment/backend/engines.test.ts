import { createEngines, engineForSeries } from "../../../src/experiment/backend/engines";

describe("engineForSeries", () => {
  test("is one that starts from the last program's end, whichever solver is asked for", async () => {
    expect(engineForSeries(await createEngines("auto")).name).toMatch(/^region/);
    expect(engineForSeries(await createEngines("highs")).name).toBe("highs");
  });

  test("refuses a solver that solves every program afresh, and names those that do not", async () => {
    const interior = await createEngines("interior");
    expect(() => engineForSeries(interior)).toThrow(
      /interior solves each program afresh, .* use auto, region or highs/,
    );
  });
});
