import { createHighsEngine } from "../../src/lp/highs";
import { testEngine } from "../reference/engineContract";

describe("createHighsEngine", () => {
  testEngine(createHighsEngine, 300);
});
