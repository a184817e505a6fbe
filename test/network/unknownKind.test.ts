import { rowBlocks } from "../../src/analyse/rowBlocks";
import type { PatternPasses } from "../../src/analyse/patternPasses";
import { InvariantError } from "../../src/errors";
import { patternOfFlows } from "../../src/network/activationPattern";
import { evaluateInto } from "../../src/network/evaluate";
import type { Layer, Network } from "../../src/network/network";

// A layer kind of tomorrow: what a switch that forgot it would be given.
const layer = { kind: "attention" } as unknown as Layer;
const network: Network = { name: "tomorrow's", inputSize: 1, outputSize: 1, layers: [layer] };
const flows = [Float64Array.of(1), Float64Array.of(1)];
const pattern = { switches: [Uint8Array.of(1)] };
// Nothing but the network and its values is asked for before the layer's kind.
const side = { network, flows } as unknown as PatternPasses;

describe("a layer of a kind that is not known", () => {
  test.each<[string, () => unknown]>([
    ["has no pattern", () => patternOfFlows(network, flows)],
    ["has no rows", () => rowBlocks([side, side], [pattern, pattern])],
    ["is not switched", () => evaluateInto(network, flows[0], flows, pattern)],
    ["is not evaluated", () => evaluateInto(network, flows[0], flows)],
  ])("%s: it is refused, not passed over", (_, use) => {
    expect(use).toThrow(InvariantError);
  });

  test("a pattern that switches an affine layer is refused", () => {
    const normalise = { kind: "normalise", mean: 0, deviation: 1 } as const;
    const affine = { ...network, layers: [normalise] };
    expect(() => evaluateInto(affine, flows[0], flows, pattern)).toThrow(/nothing to switch/);
  });
});
