import { renderHtmlReport } from "../../src/present/report/htmlReport";
import { notebookSection } from "../../src/present/report/notebookSections";
import { loadPlotlyScript } from "../../src/present/figure/plotlyScript";
import type { Notebook } from "./notebook";

/** A notebook that goes into a report, and what to call it if it has no heading. */
export interface ReportedNotebook {
  readonly name: string;
  readonly notebook: Notebook;
}

/** One HTML page of executed notebooks, which opens from disk, offline. */
export function notebookReport(notebooks: readonly ReportedNotebook[]): string {
  const sections = notebooks.map(({ name, notebook }) => notebookSection(name, notebook));
  const title = sections.length === 1 ? sections[0].title : "RoundLab";
  return renderHtmlReport({ title, sections, plotlyScript: loadPlotlyScript() });
}
