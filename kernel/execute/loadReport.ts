import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { renderHtmlReport } from "./htmlReport";
import { parseNotebook } from "./notebook";

/** One HTML page of executed notebooks on disk. */
export function loadReport(paths: readonly string[]): string {
  return renderHtmlReport(
    paths.map((path) => ({
      name: basename(path, ".ipynb"),
      notebook: parseNotebook(readFileSync(path, "utf8"), path),
    })),
  );
}
