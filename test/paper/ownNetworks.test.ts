import { shareNetwork } from "../../src/experiment/backend/sharedNetwork";
import { networkChecksum } from "../../src/experiment/appMaxExperiment";
import { loadNetwork } from "../../src/network/load";
import { ownNetwork, twinOf } from "../../src/paper/ownNetworks";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";

describe("the exhibits' networks", () => {
  test("are read once, and no user's network is one of them", async () => {
    const own = await ownNetwork("net1");
    expect(await ownNetwork("net1")).toBe(own);
    expect(await loadNetwork("net1")).not.toBe(own);
  });

  test("keep their checksums, which a user's network does not", async () => {
    const own = await ownNetwork("net1");
    const mine = await loadNetwork("net1");
    const before = networkChecksum(mine);
    expect(networkChecksum(own)).toBe(before);
    const [, layer] = mine.layers.filter(({ kind }) => kind === "dense");
    if (layer.kind !== "dense") throw new Error("Net1 has dense layers");
    layer.bias[0] += 1;
    expect(networkChecksum(mine)).not.toBe(before);
    expect(networkChecksum(await ownNetwork("net1"))).toBe(before);
  });

  test("share few twins; a user's network gets one of its own", async () => {
    const own = await ownNetwork("net1");
    const twin = twinOf(own, "none");
    expect(twinOf(own, "none")).toBe(twin);
    const tiny = randomDenseNetwork([3, 4, 2], createRandom(1));
    expect(twinOf(tiny, "paper-4")).not.toBe(twinOf(tiny, "paper-4"));
    for (const bits of [12, 8, 6]) twinOf(own, `paper-${bits}`);
    expect(twinOf(own, "none")).not.toBe(twin);
  });

  test("stand where threads read them: a run on threads makes no copy of them", async () => {
    const own = await ownNetwork("net1");
    const twin = twinOf(own, "none");
    for (const network of [own, twin]) {
      const handed = shareNetwork(network);
      network.layers.forEach((layer, index) => {
        const shared = handed.layers[index];
        if (layer.kind !== "dense" || shared.kind !== "dense") return;
        expect(layer.weights.data.buffer).toBeInstanceOf(SharedArrayBuffer);
        expect(shared.weights.data.buffer).toBe(layer.weights.data.buffer);
      });
    }
    expect(networkChecksum(twin)).toBe(networkChecksum(await loadNetwork("net1")));
  });
});
