import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownNetwork } from "../../src/paper/ownNetworks";
import { recheckRuns } from "../../src/paper/recheck";
import { imagesAtHand } from "../../src/paper/recheckData";

/** Where no MNIST is. */
const nowhere = join(tmpdir(), "roundlab-no-mnist");
const NO_MNIST = { environment: {}, shared: nowhere, cache: nowhere };

describe("without the full MNIST", () => {
  test("the embedded digits are points of runs on all images, and of none on test images", async () => {
    expect((await imagesAtHand("mnist", NO_MNIST))?.count).toBe(10000);
    expect(await imagesAtHand("mnist-test", NO_MNIST)).toBeUndefined();
  });

  test("stored rows of embedded digits are computed anew", async () => {
    const names = ["net1-half-mnist", "net1-half-mnist-test"];
    const rows = await recheckRuns(await ownNetwork("net1"), names, 2, NO_MNIST);
    expect(rows.map(({ run }) => run)).toEqual(["net1-half-mnist", "net1-half-mnist"]);
    for (const { point, difference } of rows) {
      expect(point).toBeLessThan(10000);
      expect(difference).toBeLessThanOrEqual(1e-9);
    }
  }, 300_000);
});
