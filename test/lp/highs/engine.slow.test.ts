import { createHighsEngine } from "../../../src/lp/highs/engine";
import type { BoxProgram, Engine } from "../../../src/lp/program";
import { rowEntries } from "../../../src/lp/rowEntries";
import { testEngine } from "../../reference/engineContract";

/**
 * The program as one whose rows are offered by their entries, half of them as worth having from the
 * start.
 */
function withEntries(program: BoxProgram): BoxProgram {
  const { rows, size } = program;
  const half = Array.from({ length: Math.ceil(rows.rowCount / 2) }, (_, index) => 2 * index);
  const first = (count: number): number[] => half.slice(0, count);
  return { ...program, rows: { ...rows, entries: rowEntries(rows, size), first } };
}

/** Every round by the interior point method, on every program. */
async function createInteriorEngine(): Promise<Engine> {
  const engine = await createHighsEngine({ rowsForInteriorPoint: 1 });
  return { ...engine, solve: (program, options) => engine.solve(withEntries(program), options) };
}

describe("createHighsEngine", () => {
  testEngine(createHighsEngine, 300);
});

describe("createHighsEngine, on rows by their entries, with the interior point method", () => {
  testEngine(createInteriorEngine, 300);
});
