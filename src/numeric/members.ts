/*
 * The members of a table of kernels: what each takes, by name and in order, and what it gives.
 *
 * One description serves three: the type under which a kernel is called, with named arguments; the
 * plain implementation, which takes them apart by the same names; and the compiled one, whose
 * parameters stand in this order (`test/numeric/members.test.ts` reads `assembly/`).
 */

/** Where values, singles or integers of the memory begin; a whole number; any number. */
export type ArgumentKind = "values" | "singles" | "integers" | "count" | "number";

/** One kernel. It gives nothing, or a number of some kind. */
export interface Member {
  readonly takes: Readonly<Record<string, ArgumentKind>>;
  readonly gives?: "count" | "number";
}

/** Kernels by name. */
export type MemberTable = Readonly<Record<string, Member>>;

/** The arguments of a kernel, by name. */
export type Given<M extends Member> = Readonly<Record<keyof M["takes"], number>>;

/** The kernels that a table describes. */
export type Members<Table extends MemberTable> = {
  readonly [Name in keyof Table]: (
    given: Given<Table[Name]>,
  ) => Table[Name] extends { readonly gives: string } ? number : void;
};

/** A compiled kernel: its arguments stand in the order in which its table names them. */
type Compiled = (...given: readonly number[]) => number | undefined;

/**
 * The compiled kernels of a table, called by names.
 *
 * Each gets a caller of its own, made from its names as source text: a loop over the names would
 * look every one of them up anew at each call, and callers written by hand would be one more list
 * to keep in order. The text consists of names of this repository's own tables alone.
 *
 * @param compiled  has a function for each member, as `assembly/index.ts` exports them
 */
export function bindMembers<Table extends MemberTable>(
  table: Table,
  compiled: Readonly<Record<string, unknown>>,
): Members<Table> {
  const callers = Object.entries(table).map(([name, { takes }]) => {
    const given = Object.keys(takes).map((argument) => `given.${argument}`);
    const text = `return (given) => compiled(${given.join(", ")});`;
    // The reason stands above: no text from outside gets here.
    const make = new Function("compiled", text) as (member: unknown) => Compiled;
    return [name, make(compiled[name])] as const;
  });
  // What the loop above made, member by member: a type cannot follow it.
  return Object.fromEntries(callers) as unknown as Members<Table>;
}
