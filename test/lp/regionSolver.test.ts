import { createRegionEngine } from "../../src/lp/regionSolver";
import { testEngine } from "../reference/engineContract";

describe("createRegionEngine", () => {
  testEngine(async () => createRegionEngine(), 1000);
});
