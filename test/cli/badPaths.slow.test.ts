import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createProgram } from "../../src/cli/main";
import { runHere, type Outcome } from "./runHere";

/*
 * Every command with every kind of bad place for each of its paths: one sentence, the right exit
 * code, nothing on standard output, no stack. The commands run in this process: none of them comes
 * as far as to work.
 */

let folder: string;
let start: string;
beforeAll(() => {
  start = process.cwd();
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-bad-")));
  process.chdir(folder);
  fs.mkdirSync("folder");
  fs.writeFileSync("file", "x");
  fs.symlinkSync("loop", "loop");
  // Sparse: it takes no room, and reading it would take minutes.
  fs.closeSync(fs.openSync("large", "w"));
  fs.truncateSync("large", 3 * 2 ** 30);
  const cells = [{ cell_type: "code", metadata: {}, outputs: [], source: "1" }];
  fs.writeFileSync(
    "notebook.ipynb",
    JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }),
  );
});
afterAll(() => {
  process.chdir(start);
  fs.rmSync(folder, { recursive: true, force: true });
});

const roundlab = (words: readonly string[]): Promise<Outcome> => runHere(createProgram(), words);

/** What may stand where a path leads, by the name it has in the folder of this test. */
const PLACES = {
  nothing: "nothing",
  folder: "folder",
  file: "file",
  "below a file": path.join("file", "x"),
  "links in a circle": "loop",
  "a name that is too long": "n".repeat(300),
  "3 GiB": "large",
} as const;

type Place = keyof typeof PLACES;

const everywhere: readonly Place[] = [
  "below a file",
  "links in a circle",
  "a name that is too long",
];
const noFile: readonly Place[] = [...everywhere, "nothing", "folder", "3 GiB"];
const noFolder: readonly Place[] = [...everywhere, "nothing", "file"];
const noFileToWrite: readonly Place[] = ["below a file", "a name that is too long", "folder"];
const noFolderToMake: readonly Place[] = [...everywhere, "file"];

/** Each path that a command takes: the words before it, and the places that cannot be meant. */
const PATHS: readonly (readonly [string, readonly Place[]])[] = [
  ["appmax --points 0 --network", noFile],
  ["appmax --points 0 --data", noFolder],
  ["appmax --points 0 --workers 1 --store", noFolderToMake],
  ["appmax --points 0 --witnesses", ["folder"]],
  ["accuracy --network", noFile],
  ["accuracy --data", noFolder],
  ["accuracy --data mnist-embedded --approximation none --workers 1 --store", noFolderToMake],
  ["bench lp --network", noFile],
  ["bench lp --data", noFolder],
  ["run net1-half-mnist --points 1 --workers 1 --results", noFolderToMake],
  ["status --results", noFolder],
  ["export net1-half-mnist --csv --results", noFolder],
  ["export net2-paper-4-mnist-test --csv --out", noFileToWrite],
  ["execute", noFile],
  ["execute notebook.ipynb --out", noFolderToMake],
  ["execute notebook.ipynb --out executed --report", noFileToWrite],
  ["reproduce --out", noFolderToMake],
  ["reproduce --write-docs", noFileToWrite],
  ["data list --data", noFolder],
  ["data fetch mnist --mirror http://127.0.0.1:9/ --to", noFolderToMake],
  ["train net1 --data", noFolder],
  ["train net1 --out", noFolderToMake],
  ["train net1 --out trained --checkpoint", ["below a file", "folder"]],
  ["install --prefix", noFolderToMake],
];

describe("every command", () => {
  test.each(PATHS.flatMap(([words, places]) => places.map((place) => [words, place] as const)))(
    "says in one sentence what is wrong with %s … (%s)",
    async (words, place) => {
      const { stdout, stderr, exitCode } = await roundlab([...words.split(" "), PLACES[place]]);
      expect([1, 2]).toContain(exitCode);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^roundlab: [^\n]+\n$/);
      expect(stderr).not.toMatch(/\b(E[A-Z]{4,}|ERR_\w+):|undefined|\[object/);
      // What is wrong and where, or what to do: two parts at least.
      expect(stderr.slice("roundlab: ".length)).toMatch(/[:;,(?]/);
    },
  );
});
