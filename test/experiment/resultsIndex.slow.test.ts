import * as fs from "node:fs";
import { resultsFolder } from "../../src/experiment/loadRuns";
import { networksOfRuns } from "../../src/experiment/namedRuns";
import { indexFile, renderIndex } from "../../src/experiment/resultsIndex";
import { loadNetwork } from "../../src/network/load";

describe("results/README.md", () => {
  test("says what is stored: `roundlab results` would write the same", async () => {
    const networks = await Promise.all(networksOfRuns().map((name) => loadNetwork(name)));
    const page = fs.readFileSync(indexFile(resultsFolder()), "utf8");
    expect(page).toBe(renderIndex(networks, resultsFolder()));
    expect(page).toMatch(
      /^\| net1-half-mnist \| net1-half-mnist\/appmax-1-[0-9a-f]{16} \| 70000 \|/m,
    );
  });
});
