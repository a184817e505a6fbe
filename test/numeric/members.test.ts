import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createPlainKernels, KERNEL_TABLES } from "../../src/numeric/kernels";
import { bindMembers, type Member } from "../../src/numeric/members";

const ASSEMBLY = join(__dirname, "..", "..", "assembly");

/** A function of the compiled module: its parameters in order, with their types, and its own. */
interface Exported {
  readonly parameters: readonly string[];
  readonly gives: string;
}

/** What the module exports, read from its sources. */
function exportedFunctions(): Map<string, Exported> {
  const found = new Map<string, Exported>();
  const index = readFileSync(join(ASSEMBLY, "index.ts"), "utf8");
  for (const [, file] of index.matchAll(/^export \* from "\.\/(\w+)";$/gm)) {
    const text = readFileSync(join(ASSEMBLY, `${file}.ts`), "utf8");
    for (const match of text.matchAll(/^export function (\w+)\(([^)]*)\): (\w+)/gm)) {
      const [, name, list, gives] = match;
      const parameters = list.split(",").map((one) => one.trim());
      found.set(name, { parameters: parameters.filter((one) => one !== ""), gives });
    }
  }
  return found;
}

/** The same of a table's member: addresses and counts are whole numbers of 32 bits. */
function compiledForm({ takes, gives }: Member): Exported {
  const typeOf = (kind: string): string => (kind === "number" ? "f64" : "i32");
  return {
    parameters: Object.entries(takes).map(([name, kind]) => `${name}: ${typeOf(kind)}`),
    gives: gives === undefined ? "void" : typeOf(gives),
  };
}

const members: [string, Member][] = Object.values(KERNEL_TABLES).flatMap((table) =>
  Object.entries<Member>(table),
);

describe("the tables of kernels", () => {
  const exported = exportedFunctions();

  test.each(members)(
    "the compiled %s has the table's arguments, in their order",
    (name, member) => {
      expect(exported.get(name)).toEqual(compiledForm(member));
    },
  );

  test("each of the module's kernels is in one table", () => {
    const names = members.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    // What is left is the memory's.
    const others = [...exported.keys()].filter((name) => !names.includes(name));
    expect(others).toEqual(["reserve"]);
  });

  test("the plain kernels have every member", () => {
    const kernels = createPlainKernels();
    for (const [room, table] of Object.entries(KERNEL_TABLES)) {
      const plain: unknown = kernels[room as keyof typeof KERNEL_TABLES];
      expect(Object.keys(plain as object).sort()).toEqual(Object.keys(table).sort());
    }
  });
});

test("arguments reach a compiled kernel in its order, however they are written", () => {
  const table = {
    take: { takes: { first: "values", second: "number" }, gives: "number" },
  } as const;
  const { take } = bindMembers(table, { take: (...given: number[]) => 10 * given[0] + given[1] });
  expect(take({ second: 2, first: 1 })).toBe(12);
  // @ts-expect-error a name that the kernel does not have
  take({ first: 1, third: 2 });
  // @ts-expect-error by position
  expect(() => take(1, 2)).not.toThrow();
});
