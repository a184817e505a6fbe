import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { ArgumentError } from "../../src/errors";
import { approximationOf, checkApproximation } from "../../src/experiment/approximationOf";
import { runAccuracy } from "../../src/experiment/variant/runAccuracy";
import { runAppMax } from "../../src/experiment/variant/runAppMax";
import { pointInputs } from "../../src/experiment/runPoints";
import { checksumsOf, PINNED_TWINS } from "../../src/experiment/twinChecksum";
import { createRandom } from "../../src/numeric/random";
import { expandMaxPool } from "../../src/network/expandMaxPool";
import { createNetwork } from "../../src/network/shape";
import { tinyConvolution } from "../approximate/tinyNetworks";
import { residualNetwork } from "../network/randomGraph";
import { perturbed, randomDenseNetwork } from "../network/randomNetwork";
import { smallDataset } from "./smallRun";

const network = randomDenseNetwork([16, 8, 3], createRandom(1));
const other = randomDenseNetwork([16, 8, 3], createRandom(2));
const twinBy = (name: string) => approximate(network, parseApproximation(name));

describe("approximationOf", () => {
  test.each(["half", "int8", "int8:channel", "paper-4", "prune-50", "none"])(
    "reads %s from the twin that carries it",
    (name) => {
      expect(approximationOf({ network, approximated: twinBy(name) })).toBe(name);
    },
  );

  test("refuses a run that says another approximation than its twin carries", () => {
    const run = { network, approximated: twinBy("half"), approximation: "int8" };
    expect(() => approximationOf(run)).toThrow(ArgumentError);
    expect(() => approximationOf(run)).toThrow(/"int8", but .* was made by "half"/);
  });

  test("asks for a name where nothing says how a twin came about", () => {
    const approximated = perturbed(network, 0.1, createRandom(3));
    expect(() => approximationOf({ network, approximated })).toThrow(
      /nothing says how .*give the run a name/,
    );
    expect(approximationOf({ network, approximated, approximation: "mine" })).toBe("mine");
  });

  test("takes another spelling of the same approximation", () => {
    expect(approximationOf({ network, approximated: twinBy("paper-8"), approximation: "8" })).toBe(
      "paper-8",
    );
  });
});

describe("checkApproximation", () => {
  test("believes a twin that is what its name makes of the network", () => {
    for (const name of ["half", "corrected-6", "int8:channel", "none"]) {
      expect(() => checkApproximation({ network, approximated: twinBy(name) })).not.toThrow();
    }
  });

  test("refuses weights changed after the approximation that the twin still names", () => {
    const half = twinBy("half");
    const approximated = { ...half, layers: other.layers };
    expect(() => checkApproximation({ network, approximated })).toThrow(
      /is not what "half" .* makes of .*: layer 1 \(dense\) differs/,
    );
  });

  test("refuses a twin of the same layers that read other values", () => {
    const graph = residualNetwork(createRandom(4));
    const half = approximate(graph, { kind: "half" });
    const from = half.from?.map((sources, index) => (index === 5 ? [4, 5] : sources));
    expect(() => checkApproximation({ network: graph, approximated: half })).not.toThrow();
    expect(() => checkApproximation({ network: graph, approximated: { ...half, from } })).toThrow(
      /layer 6 \(add\) reads other values/,
    );
  });

  test("takes twins whose pooling was written as ReLUs under the name that both still earn", () => {
    const pooled = tinyConvolution();
    const expanded = expandMaxPool(approximate(pooled, { kind: "half" }));
    const twins = { network: expandMaxPool(pooled), approximated: expanded };
    expect(() => checkApproximation(twins)).toThrow(/nothing says how/);
    expect(() => checkApproximation({ ...twins, approximation: "half" })).not.toThrow();
  });

  test("knows the twins of the paper's networks by their checksums, and makes no other", () => {
    const [networkChecksum, twins] = Object.entries(PINNED_TWINS)[0];
    const made = twinBy("half");
    // The networks need not fit: what is known is not made anew, which would find that out.
    const claimed = { network: other, approximated: made };
    const known = { networkChecksum, approximatedChecksum: twins["half"] };
    expect(() => checkApproximation(claimed, known)).not.toThrow();
    const spoilt = { networkChecksum, approximatedChecksum: twins["paper-8"] };
    expect(() => checkApproximation(claimed, spoilt)).toThrow(/is not what "half"/);
  });

  test("refuses the twin of another network", () => {
    expect(() => checkApproximation({ network: other, approximated: twinBy("half") })).toThrow(
      ArgumentError,
    );
  });

  test("refuses one of RoundLab's names for a scheme of one's own, and takes any other", () => {
    const approximated = createNetwork("mine", 16, perturbed(network, 0.1, createRandom(3)).layers);
    expect(() => checkApproximation({ network, approximated, approximation: "int8" })).toThrow(
      /name another approximation, or your own/,
    );
    expect(() =>
      checkApproximation({ network, approximated, approximation: "my-int8" }),
    ).not.toThrow();
  });
});

describe("runs", () => {
  const dataset = smallDataset(8);

  test("store rows under what the twin carries, without being told", () => {
    const run = { network, approximated: twinBy("half"), dataset, points: [0] };
    expect(pointInputs(run, checksumsOf(run)).approximation).toBe("half");
  });

  test("refuse half's twin under the name of int8 before a point is solved", async () => {
    const run = { network, approximated: twinBy("half"), approximation: "int8", dataset };
    await expect(runAppMax({ ...run, points: [0] })).rejects.toThrow(ArgumentError);
    await expect(runAccuracy(run)).rejects.toThrow(ArgumentError);
  });
});
