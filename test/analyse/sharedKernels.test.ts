import { appMax, type AppMaxResult } from "../../src/analyse/appMax";
import { createPolytopeWorkspace } from "../../src/analyse/polytope";
import { createTwins, type Twins } from "../../src/analyse/twin";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const POINTS = 4;

function twinsOf(build: (seed: number) => Twins["network"], seed: number): Twins {
  const network = build(seed);
  return createTwins(network, perturbed(network, 0.03, createRandom(50 + seed)));
}

/** Twins of different sizes, so that programs, networks and pools differ in what they need. */
const PAIRS: readonly Twins[] = [
  twinsOf((seed) => randomDenseNetwork([30, 40, 25, 4], createRandom(seed)), 1),
  twinsOf((seed) => randomConvolutionalNetwork(createRandom(seed)), 2),
];

/** One result after another, points in turn from each pair of networks. */
function interleaved(kernelsOf: () => Kernels): AppMaxResult[] {
  const parts = PAIRS.map((twins) => ({
    twins,
    engine: createDualSimplexEngine(kernelsOf()),
    workspace: createPolytopeWorkspace(twins, kernelsOf()),
  }));
  return Array.from({ length: POINTS }, (_, point) =>
    parts.map(({ twins, engine, workspace }) =>
      appMax(workspace, randomPoint(twins.network.inputSize, createRandom(point)), [engine]),
    ),
  ).flat();
}

describe.each([
  ["plain", createPlainKernels],
  ["fastest", loadKernels],
])("the %s kernels, shared", (_, create) => {
  test("by two engines and two workspaces, whose turns alternate, give the bits of separate ones", () => {
    const shared = create();
    expect(interleaved(() => shared)).toEqual(interleaved(create));
  });

  test("let an engine work while another's solve asks for its rows", () => {
    const shared = create();
    const outer = createDualSimplexEngine(shared);
    const inner = createDualSimplexEngine(shared);
    const rowsAsked: number[] = [];
    const square = (depth: number) => ({
      size: 2,
      cost: Float64Array.of(1, 2),
      constant: 0,
      lower: new Float64Array(2),
      upper: new Float64Array(2).fill(1),
      rows: {
        rowCount: 1,
        slacks: (y: Readonly<Float64Array>, out: Float64Array) => {
          out[0] = 1.5 - y[0] - y[1];
        },
        row(_: number, out: Float64Array): number {
          if (depth > 0) expect(inner.solve(square(0))).toMatchObject({ value: 2.5 });
          rowsAsked.push(depth);
          out.fill(1);
          return 1.5;
        },
      },
    });
    expect(outer.solve(square(1))).toMatchObject({ kind: "optimal", value: 2.5 });
    expect(rowsAsked).toContain(1);
  });
});
