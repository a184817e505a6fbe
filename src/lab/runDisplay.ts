import { describeDomain, toDomain } from "../analyse/domain";
import { columnsFor } from "../claim/column";
import { TO_ROUNDING } from "../claim/proof";
import { AGREEMENT_COLUMNS } from "../experiment/variant/agreementColumns";
import type { AgreementOutcome } from "../experiment/variant/runAgreement";
import type { AppMaxOutcome } from "../experiment/variant/runAppMax";
import { appMaxTable } from "./appMaxTables";
import type { MimeBundle } from "../present/display";
import { formatCount } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import { displayTable } from "../present/table/showTable";
import { createTable, type Table } from "../present/table/table";
import { membersOf } from "../unknownValue";

/** What every run of points or blocks comes to. */
interface Run {
  readonly kind: "finished" | "interrupted";
  readonly rows: readonly object[];
  readonly experiment?: { readonly kind?: string };
  readonly folder?: string;
}

/** Rows of a run that are shown, half from either end: a run is shown briefly. */
const SHOWN_ROWS = 10;

/** Whether a value is what a run came to, as `runAppMax` and its like return it. */
export function isRun(value: object): value is Run {
  const { kind, rows } = membersOf<Run>(value);
  const isOutcome = kind === "finished" || kind === "interrupted";
  return isOutcome && Array.isArray(rows) && rows.every((row) => typeof row === "object");
}

/** A run in a sentence, and the first and last of its rows. */
export function showRun(run: Run): MimeBundle {
  const what = run.experiment?.kind ?? "run";
  const place = run.folder === undefined ? "" : `, stored in ${run.folder}`;
  const sentence = `${what}, ${run.kind}: ${formatCount(run.rows.length)} rows${place}`;
  const table = tableOf(run);
  return displayTable(
    { ...table, caption: table.caption === "" ? sentence : `${sentence}. ${table.caption}` },
    { maxRows: SHOWN_ROWS, endRows: SHOWN_ROWS },
  );
}

/** The rows of a run that looks for disagreements, with the box in which its bounds hold. */
function agreementTable({ rows, experiment }: AgreementOutcome): Table {
  const box = describeDomain(toDomain(experiment.box ?? experiment.domain));
  return declaredTable(columnsFor(AGREEMENT_COLUMNS, rows), rows, {
    inputs: `every input of the points' regions in ${box}, ${TO_ROUNDING}`,
  });
}

function tableOf(run: Run): Table {
  if (run.rows.length === 0) return createTable([], { columns: [] });
  // The kind of an experiment says what its rows are; those of others are shown as they are.
  if (run.experiment?.kind === "appmax") return appMaxTable(run as unknown as AppMaxOutcome);
  if (run.experiment?.kind === "classification") {
    // As above.
    return agreementTable(run as unknown as AgreementOutcome);
  }
  return createTable(run.rows);
}
