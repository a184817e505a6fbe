import * as fs from "node:fs";
import * as path from "node:path";
import { documentColumns, type NamedColumn } from "../../src/claim/column";
import { kindAndUnit } from "../../src/claim/kindOfNumber";
import { createTwins } from "../../src/analyse/twin";
import { pointOf } from "../../src/dataset/dataset";
import { points } from "../../src/dataset/pointSet";
import { agree, AGREEMENT_RESULT_COLUMNS } from "../../src/lab/agree";
import { appMax } from "../../src/lab/appMax";
import { appMaxTable, summaryTable } from "../../src/lab/appMaxTables";
import { attribute } from "../../src/lab/attribute";
import { bound } from "../../src/lab/bound";
import { train } from "../../src/lab/train";
import { compare } from "../../src/lab/compare";
import { segment } from "../../src/lab/segment";
import type { Network } from "../../src/network/network";
import { createRandom } from "../../src/numeric/random";
import { packageRoot } from "../../src/packageRoot";
import { paper } from "../../src/paper/exhibits";
import { findingsFrame } from "../../src/paper/findings";
import { FRAMES } from "../../src/paper/frames";
import { originsFrame } from "../../src/paper/origins";
import { provenance } from "../../src/paper/provenance";
import { quantiserFrame } from "../../src/paper/quantisers";
import { recheckFrame } from "../../src/paper/recheck";
import { recheckedClassesFrame } from "../../src/paper/recheckTable2";
import { recheckTable5Frame } from "../../src/paper/recheckTable5";
import { table3FromRows } from "../../src/paper/exhibit/table3";
import { table4FromRows } from "../../src/paper/exhibit/table4";
import { table5FromRows } from "../../src/paper/exhibit/table5";
import {
  AGREEMENT_COLUMNS,
  AGREEMENT_SUMMARY_COLUMNS,
} from "../../src/experiment/variant/agreementColumns";
import { APPMAX_COLUMNS } from "../../src/experiment/variant/appMaxColumns";
import { summarise } from "../../src/experiment/variant/summary";
import { DISPLAY, type Displayable } from "../../src/present/display";
import { declaredTable } from "../../src/present/table/declaredTable";
import { displayTable, renderText } from "../../src/present/table/showTable";
import type { TableLike } from "../../src/present/table/readTable";
import type { DataResource } from "../../src/present/table/tableResource";
import { smallRun } from "../experiment/smallRun";
import { randomDenseNetwork } from "../network/randomNetwork";
import { agreementRow, appMaxRow } from "./rows";

const net1: Network = { ...randomDenseNetwork([4, 3, 2], createRandom(1)), name: "net1" };
const rows = [appMaxRow(0, 1), appMaxRow(1, 2)];
const summary = summarise(rows);
const run = smallRun([0, 1]);
const twins = createTwins(run.network, run.approximated);
const x = pointOf(run.dataset, 0);
const ofMargins = table5FromRows(net1, () => [agreementRow(0)]);

const shown = async (value: Displayable) => value[DISPLAY]();
const frame = (table: TableLike) => Promise.resolve(displayTable(table));

/** Every frame of the list, made from rows at hand, as clients are given it. */
const SAMPLES: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  "paper.table1.frame": () => {
    const ends = { smallest: [-1, 1], widest: [-2, 2] } as const;
    const one = { layer: 1, procedure: "sound, exact" as const, ...ends };
    return frame(paper.table1.frame({ network: "net1", rows: [one], total: 1, sample: "" }));
  },
  "paper.table2.frame": () => {
    const one = { network: "net1", bits: 8, correct: 9, points: 10, accuracy: 0.9, printed: 0.98 };
    return frame(paper.table2.frame({ rows: [one], sample: "" }));
  },
  "paper.table3.frame": () => frame(paper.table3.frame(table3FromRows([net1], () => rows))),
  "paper.table4.frame": () => frame(paper.table4.frame(table4FromRows(net1, "paper", () => rows))),
  "paper.table5.frame": () => frame(paper.table5.frame(ofMargins)),
  "paper.figure2.frame": () => {
    const pixels = Float64Array.of(0, 1);
    const witnesses = [{ point: 0, pixels, error: 2 }];
    const networks = [{ name: "net1", atPoints: [1], witnesses }];
    const originals = [{ point: 0, pixels }];
    return frame(paper.figure2.frame({ originals, networks, rechecked: [], sample: "" }));
  },
  "paper.table3.poolingFrame": () => {
    const one = { point: 0, error: 1, winners: rows[0], relus: rows[1] };
    return frame(paper.table3.poolingFrame({ network: "net2", rows: [one], sample: "" }));
  },
  "paper.table4.quantisers": () =>
    frame(quantiserFrame("net1", [{ bits: 8, points: 2, paper: summary, corrected: summary }])),
  "paper.table5.margins": () => frame(paper.table5.margins(ofMargins)),
  "paper.findingsFrame": () => frame(findingsFrame(paper.table5.judge(ofMargins))),
  "paper.recheckFrame": () =>
    frame(recheckFrame([{ run: "r", point: 0, stored: 1, now: 1, difference: 0 }])),
  "paper.recheckedClassesFrame": () =>
    frame(
      recheckedClassesFrame([{ network: "net1", approximation: "half", images: 9, changed: 0 }]),
    ),
  "paper.recheckTable5Frame": () => {
    const one = { run: "r", point: 0, stored: 1, now: 1, difference: 0 };
    return frame(recheckTable5Frame([{ ...one, verdict: "disagrees" }]));
  },
  "paper.table3.origins": async () => frame(await originsFrame(["net1-half-mnist-test"])),
  provenance: () => frame(provenance()),
  appMax: async () => shown(await appMax(twins, x)),
  "present.appMaxTable": () =>
    frame(appMaxTable([rows[0], appMaxRow(1, 2, { status: "uncertified", reason: "r" })])),
  "present.summaryTable": () => frame(summaryTable([{ name: "net1", rows }])),
  segment: () => shown(segment(twins, x, pointOf(run.dataset, 1))),
  compare: async () => shown(await compare(twins, run.dataset, { points: [0, 1] })),
  agree: async () => shown(await agree(twins, x)),
  bound: () => shown(bound(twins)),
  train: async () => {
    const labelled = points([[0], [1]], { labels: [0, 1] });
    return shown(await train(labelled, { hidden: [], epochs: 1, test: labelled, backend: "wasm" }));
  },
  attribute: async () => frame(await attribute(twins, x, { by: "weight" })),
  "attribute over points": async () =>
    frame(await attribute(twins, run.dataset, { points: [0, 1], by: "weight" })),
  "attribute over a box": async () => frame(await attribute(twins, "0:1", { by: "weight" })),
};

const RESOURCE = "application/vnd.dataresource+json";

/** The columns that must be shown: an optional one may be left out. */
function shownOf(columns: readonly NamedColumn[], fields: DataResource["schema"]["fields"]) {
  return columns.filter(
    ({ isOptional, name }) => isOptional !== true || fields.some((field) => field.name === name),
  );
}

/** A heading that is the unit says it once. */
function claimsOf({ name, kind, unit, heading }: NamedColumn) {
  return { name, kind, unit: unit === heading ? undefined : unit };
}

describe("frames of declared columns", () => {
  test("are all tried here", () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(FRAMES.map(({ call }) => call).sort());
    expect(new Set(FRAMES.map(({ call }) => call)).size).toBe(FRAMES.length);
  });

  test.each(FRAMES.map(({ call, columns }) => [call, columns] as const))(
    "%s has the declared columns and no others, in their order, with their kinds and units",
    async (call, columns) => {
      const bundle = await SAMPLES[call]();
      // What stands under this type of a bundle is a data resource.
      const { schema } = bundle[RESOURCE] as DataResource;
      const fields = schema.fields.filter(({ name }) => !schema.primaryKey.includes(name));
      const found = fields.map(({ name, kind, unit }) => ({ name, kind, unit }));
      expect(found).toEqual(shownOf(columns, fields).map(claimsOf));
    },
  );

  test.each(FRAMES.map(({ call, columns }) => [call, columns] as const))(
    "%s says every kind and unit in its headings, or the unit in its caption",
    async (call, columns) => {
      const bundle = await SAMPLES[call]();
      const text = String(bundle["text/plain"]);
      const [caption, headings = "", kinds = ""] = text.split("\n");
      // As above.
      const { schema } = bundle[RESOURCE] as DataResource;
      for (const column of shownOf(columns, schema.fields)) {
        const { name, heading = name } = column;
        const { kind, unit } = claimsOf(column);
        expect(caption.startsWith("   ") ? caption : headings).toContain(heading.trim());
        const isSaid = unit !== undefined && caption.includes(`(${unit})`);
        expect(kinds).toContain(kindAndUnit(kind, isSaid ? undefined : unit));
      }
    },
  );

  test("stand in docs/columns.md as they are declared", () => {
    const page = fs.readFileSync(path.join(packageRoot(), "docs", "columns.md"), "utf8");
    const tables = FRAMES.map(({ call, columns }) => `## ${call}\n\n${documentColumns(columns)}`);
    expect(page.slice(page.indexOf("## "))).toBe(tables.join("\n"));
  });
});

describe("ends of intervals", () => {
  const distances = { distance: 83.79164, distanceBound: 83.79166 };
  const margins = { marginAtPoint: -3, margin: 0.123456789, marginBound: 0.123456712 };
  const verdict = { exactClass: 5, rivalClass: 8, verdict: "disagrees" as const };
  const one = { ...verdict, ...margins, ...distances };

  test("of what rl.agree shows none is rounded inwards: no distance below which nothing disagrees is rounded up", () => {
    const text = renderText(declaredTable(AGREEMENT_RESULT_COLUMNS, [one]));
    expect(text).toMatch(/ 0\.123456 +0\.123457 +83\.7917 +83\.7916$/m);
  });

  test("that bound from below are declared as lower ends, and those from above are not", () => {
    const ends = [...AGREEMENT_COLUMNS, ...AGREEMENT_SUMMARY_COLUMNS, ...APPMAX_COLUMNS].flatMap(
      ({ name, kind, end }) => (kind === "bound" && end === "lower" ? [name] : []),
    );
    expect(ends).toEqual(["distanceBound", "medianDistanceBound", "leastDistanceBound"]);
  });
});

/** The sources that show rows, each with its text. */
function sourcesOutsidePresent(): (readonly [string, string])[] {
  return ["analyse", "experiment", "lab", "paper", "cli"].flatMap((folder) => {
    const root = path.join(packageRoot(), "src", folder);
    const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" });
    const sources = files.filter((name) => name.endsWith(".ts"));
    expect(sources.length).toBeGreaterThan(10);
    return sources.map(
      (name) => [`${folder}/${name}`, fs.readFileSync(path.join(root, name), "utf8")] as const,
    );
  });
}

describe("notes of columns", () => {
  test("are read where they are declared: who shows rows names no columns in texts of its own", () => {
    // Rows of a kind that is not known here, columns of a declaration as files have them, matrices.
    const open = ["lab/runDisplay.ts", "cli/export.ts", "lab/displayValue.ts"];
    const found = sourcesOutsidePresent().filter(
      ([name, text]) =>
        !open.includes(name) && /\b(createTable|createDataFrame|notesOfColumns)\(/.test(text),
    );
    // What is exported of them for rows of one's own.
    expect(found.map(([name]) => name)).toEqual(["lab/appMaxTables.ts"]);
    const [[, tables]] = found;
    expect(tables.match(/\b(createTable|createDataFrame)\(/g)).toBeNull();
  });

  test("are written by hand nowhere outside present: who shows rows declares their columns", () => {
    const found = sourcesOutsidePresent().filter(([, text]) => /\bnotes\s*[:=]\s*\{/.test(text));
    expect(found.map(([name]) => name)).toEqual([]);
  });
});
