import type { ColumnNote } from "../table/columnFormat";
import { noteOf, type TableNotes } from "../table/table";

/**
 * What becomes of captions, kinds and units. A kind is a claim about values ("attained: reached at
 * an input"), so it survives what leaves values as they are: selecting, ordering, renaming,
 * showing, and the largest or smallest of them, which is one of them. Everything else makes numbers
 * of which the claim was never shown, and drops it.
 */

/** What a note claims, taken away. */
const NO_CLAIM = { kind: undefined, unit: undefined, inputs: undefined } as const;

/**
 * The notes of these columns alone, so that a column made later cannot inherit that of a lost one.
 */
export function pruneNotes(notes: TableNotes, names: readonly string[]): TableNotes {
  const kept = [...names, notes.indexName ?? ""].filter((name) => hasNote(notes, name));
  return {
    ...notes,
    notes: Object.fromEntries(kept.map((name) => [name, noteOf(notes, name)])),
  };
}

function hasNote(notes: TableNotes, name: string): boolean {
  return notes.notes !== undefined && Object.hasOwn(notes.notes, name);
}

/** Nothing but the name of the labels: for values that were computed. */
export function bareNotes({ indexName }: TableNotes): TableNotes {
  return { indexName };
}

/**
 * Notes without kind and unit at these columns: for columns some of whose values were exchanged.
 */
export function withoutClaims(notes: TableNotes, names: readonly string[]): TableNotes {
  const changed = names.filter((name) => hasNote(notes, name));
  const entries = changed.map((name): [string, ColumnNote] => {
    return [name, { ...noteOf(notes, name), ...NO_CLAIM }];
  });
  return { ...notes, notes: { ...notes.notes, ...Object.fromEntries(entries) } };
}

/** The notes under other names. A heading of one's own goes, or the new name would not be seen. */
export function renameNotes(notes: TableNotes, nameOf: (name: string) => string): TableNotes {
  const entries = Object.entries(notes.notes ?? {}).map(([name, note]): [string, ColumnNote] => {
    return [nameOf(name), nameOf(name) === name ? note : withoutHeading(note)];
  });
  return { ...notes, notes: Object.fromEntries(entries) };
}

/** A note whose column is shown under its own name. */
export function withoutHeading(note: ColumnNote): ColumnNote {
  return { ...note, label: undefined };
}

/**
 * Kind, unit and form of a column's numbers, for others that are among them; its heading stays
 * behind.
 */
export function claimOf(notes: TableNotes, name: string): ColumnNote {
  return withoutHeading(noteOf(notes, name));
}

/** The notes with another at a column, or with none there. */
export function setNote(notes: TableNotes, name: string, note: ColumnNote | undefined): TableNotes {
  const others = Object.entries(notes.notes ?? {}).filter(([other]) => other !== name);
  const all = note === undefined ? others : [...others, [name, note] as const];
  return { ...notes, notes: Object.fromEntries(all) };
}

/**
 * One note for values out of several columns: what is claimed only where all of them claim the
 * same, the rest from the first.
 */
export function commonNote(notes: readonly ColumnNote[]): ColumnNote {
  const [first = {}] = notes;
  const isShared = notes.every(
    ({ kind, unit, inputs }) =>
      kind === first.kind && unit === first.unit && inputs === first.inputs,
  );
  return isShared ? first : { ...first, ...NO_CLAIM };
}
