import * as fs from "node:fs";
import * as path from "node:path";

/**
 * The folders in the order of the data; a file may import from its own folder or from earlier ones.
 */
const ORDER = [
  "claim",
  "numeric",
  "lp",
  "dataset",
  "network",
  "present",
  "train",
  "approximate",
  "analyse",
  "experiment",
  "core",
  "lab",
  "paper",
  "index",
  "kernel",
  "cli",
];

const ROOT = path.join(__dirname, "..");

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  const full = path.join(ROOT, folder);
  if (!fs.existsSync(full)) return [];
  return fs.readdirSync(full, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const file = path.join(folder, name);
    return name.endsWith(".ts") && !name.endsWith(".d.ts") ? [file] : [];
  });
}

/** Relative imports and requires of a file, as paths from the project's root. */
function importsOf(file: string, text: string): Import[] {
  const pattern = /(?:from\s+|import\s+|require\(\s*|import\(\s*)["'](\.[^"']*)["']/g;
  return [...text.matchAll(pattern)].map((match) => ({
    from: file,
    to: path.normalize(path.join(path.dirname(file), match[1])),
  }));
}

/**
 * Where a path stands in the order: -1 for the few files beside the folders, which all may import.
 */
function rankOf(file: string): number {
  const [top, second, third] = file.split(path.sep);
  if (top === "kernel") return ORDER.indexOf("kernel");
  if (
    /^(errors|packageRoot|cellSignal|quoteName|nearestNames|ownJson|systemError|unknownValue|userFile|wholeFile)(\.ts)?$/.test(
      second ?? "",
    )
  )
    return -1;
  if (/^(core|deprecated|mentioned|parts)(\.ts)?$/.test(second ?? "")) return ORDER.indexOf("core");
  // A door opens on the floor of what stands behind it.
  if (second === "doors") return ORDER.indexOf(/^lp/.test(third ?? "") ? "core" : "index");
  if (/^(index|verbs)(\.ts)?$/.test(second ?? "")) return ORDER.indexOf("index");
  const rank = ORDER.indexOf(second ?? "");
  if (rank < 0) throw new Error(`${file} stands in no folder of the architecture`);
  return rank;
}

function stepsBack(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) => rankOf(to) > rankOf(from))
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** One cycle among files as a list of names, or an empty list. */
function findCycle(imports: readonly Import[]): string[] {
  const graph = new Map<string, string[]>();
  const bare = (file: string): string => file.replace(/\.ts$/, "");
  for (const { from, to } of imports) {
    graph.set(bare(from), [...(graph.get(bare(from)) ?? []), bare(to)]);
  }
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of graph.get(file) ?? []) {
      const cycle = walk(next, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = walk(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** A longer file holds a second concept: give it a file of its own. */
const LONGEST_FILE = 250;

const files = [...sourceFiles("src"), ...sourceFiles("kernel")];
const texts = new Map(files.map((file) => [file, fs.readFileSync(path.join(ROOT, file), "utf8")]));
const imports = files.flatMap((file) => importsOf(file, texts.get(file) ?? ""));

describe("the architecture", () => {
  test("finds the project's sources and imports", () => {
    expect(files.length).toBeGreaterThan(10);
    expect(imports.length).toBeGreaterThan(10);
  });

  test("has no import that steps back", () => {
    expect(stepsBack(imports)).toEqual([]);
  });

  test("has no cycle", () => {
    expect(findCycle(imports)).toEqual([]);
  });

  test("has no file of more than 250 lines", () => {
    const lines = (file: string): number => (texts.get(file) ?? "").trimEnd().split("\n").length;
    const assembly = sourceFiles("assembly");
    for (const file of assembly) texts.set(file, fs.readFileSync(path.join(ROOT, file), "utf8"));
    const long = [...files, ...assembly].filter((file) => lines(file) > LONGEST_FILE);
    expect(long.map((file) => `${file}: ${lines(file)} lines`)).toEqual([]);
  });

  test.each([
    ["lp", "network"],
    ["present", "lp"],
    ["present", "dataset"],
    ["present", "network"],
  ])("keeps %s and %s strangers", (one, other) => {
    const isBetween = (from: string, to: string, { from: file, to: imported }: Import): boolean =>
      file.startsWith(path.join("src", from, "/")) &&
      imported.startsWith(path.join("src", to, "/"));
    const strangers = imports.filter(
      (each) => isBetween(one, other, each) || isBetween(other, one, each),
    );
    expect(strangers).toEqual([]);
  });

  test.each([
    ["danfojs", /(?:from|require\(|__filename\)\()\s*["']danfojs/],
    ["HiGHS", /(?:from|require\()\s*["']highs["']/],
    ["tslab", /["']@?tslab\//],
  ])("imports %s in one folder or file only", (_, pattern) => {
    const users = files.filter((file) => pattern.test(texts.get(file) ?? ""));
    const places = new Set(users.map((file) => (file.startsWith("kernel") ? "kernel" : file)));
    expect(places.size).toBeLessThanOrEqual(1);
  });
});

describe("the architecture's own checks", () => {
  test("see a step back", () => {
    const bad = { from: "src/lp/a.ts", to: "src/analyse/b" };
    expect(stepsBack([bad])).toEqual(["src/lp/a.ts imports src/analyse/b"]);
  });

  test("see a cycle", () => {
    const cycle = findCycle([
      { from: "src/lp/a.ts", to: "src/lp/b" },
      { from: "src/lp/b.ts", to: "src/lp/a" },
    ]);
    expect(cycle).toEqual(["src/lp/a", "src/lp/b", "src/lp/a"]);
  });

  test("read every form of import", () => {
    const text = `import { a } from "./a";\nimport "./b";\nconst c = require("./c");\nexport { d } from "../lp/d";`;
    expect(importsOf("src/lp/x.ts", text).map(({ to }) => path.basename(to))).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
  });
});
