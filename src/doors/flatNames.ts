import * as present from "./present";
import { paper } from "./paper";

/*
 * What went behind the doors `rl.present` and `rl.paper`, under flat names for one release more.
 */

/** @deprecated Kept for one release; use `rl.present.appMaxFrame`. */
export const appMaxFrame = present.appMaxFrame;

/** @deprecated Kept for one release; use `rl.present.appMaxTable`. */
export const appMaxTable = present.appMaxTable;

/** @deprecated Kept for one release; use `rl.present.APPMAX_NOTES`. */
export const APPMAX_NOTES: typeof present.APPMAX_NOTES = present.APPMAX_NOTES;

/** @deprecated Kept for one release; use `rl.present.summaryTable`. */
export const summaryTable = present.summaryTable;

/** @deprecated Kept for one release; use `rl.present.createTable`. */
export const createTable = present.createTable;

/** @deprecated Kept for one release; use `rl.present.displayTable`. */
export const displayTable = present.displayTable;

/** @deprecated Kept for one release; use `rl.present.renderHtml`. */
export const renderHtml = present.renderHtml;

/** @deprecated Kept for one release; use `rl.present.renderMarkdown`. */
export const renderMarkdown = present.renderMarkdown;

/** @deprecated Kept for one release; use `rl.present.renderText`. */
export const renderText = present.renderText;

/** @deprecated Kept for one release; use `rl.present.createPicture`. */
export const createPicture = present.createPicture;

/** @deprecated Kept for one release; use `rl.present.loadPlotlyScript`. */
export const loadPlotlyScript = present.loadPlotlyScript;

/** @deprecated Kept for one release; use `rl.present.renderSvg`. */
export const renderSvg = present.renderSvg;

/** @deprecated Kept for one release; use `rl.present.resampleFigure`. */
export const resampleFigure = present.resampleFigure;

/** @deprecated Kept for one release; use `rl.present.DISPLAY`. */
export const DISPLAY = present.DISPLAY;

/** @deprecated Kept for one release; use `rl.present.formatProgress`. */
export const formatProgress = present.formatProgress;

/** @deprecated Kept for one release; use `rl.present.progressBar`. */
export const progressBar = present.progressBar;

/** @deprecated Kept for one release; use `rl.present.reportProgress`. */
export const reportProgress = present.reportProgress;

/** @deprecated Kept for one release; use `rl.present.notebookSection`. */
export const notebookSection = present.notebookSection;

/** @deprecated Kept for one release; use `rl.present.renderHtmlReport`. */
export const renderHtmlReport = present.renderHtmlReport;

/** @deprecated Kept for one release; use `rl.paper.TABLE_1`. */
export const TABLE_1 = paper.TABLE_1;

/** @deprecated Kept for one release; use `rl.paper.TABLE_2`. */
export const TABLE_2 = paper.TABLE_2;

/** @deprecated Kept for one release; use `rl.paper.TABLE_2_BITS`. */
export const TABLE_2_BITS = paper.TABLE_2_BITS;

/** @deprecated Kept for one release; use `rl.paper.TABLE_3`. */
export const TABLE_3: typeof paper.TABLE_3 = paper.TABLE_3;

/** @deprecated Kept for one release; use `rl.paper.TABLE_4`. */
export const TABLE_4: typeof paper.TABLE_4 = paper.TABLE_4;

/** @deprecated Kept for one release; use `rl.paper.TABLE_5`. */
export const TABLE_5: typeof paper.TABLE_5 = paper.TABLE_5;

/** @deprecated Kept for one release; use `rl.paper.printedErrorIntervals`. */
export const printedErrorIntervals = paper.printedErrorIntervals;

/** @deprecated Kept for one release; use `rl.paper.SAMPLE_SEED`. */
export const SAMPLE_SEED = paper.SAMPLE_SEED;

/** @deprecated Kept for one release; use `rl.paper.storedRows`. */
export const storedRows = paper.storedRows;

/** @deprecated Kept for one release; use `rl.paper.findingsFrame`. */
export const findingsFrame = paper.findingsFrame;

/** @deprecated Kept for one release; use `rl.paper.resampleRows`. */
export const resampleRows = paper.resampleRows;

/** @deprecated Kept for one release; use `rl.paper.compareQuantisers`. */
export const compareQuantisers = paper.compareQuantisers;

/** @deprecated Kept for one release; use `rl.paper.quantiserFrame`. */
export const quantiserFrame = paper.quantiserFrame;

/** @deprecated Kept for one release; use `rl.paper.recheckFrame`. */
export const recheckFrame = paper.recheckFrame;

/** @deprecated Kept for one release; use `rl.paper.recheckRuns`. */
export const recheckRuns = paper.recheckRuns;

/** @deprecated Kept for one release; use `rl.paper.recheckedClassesFrame`. */
export const recheckedClassesFrame = paper.recheckedClassesFrame;

/** @deprecated Kept for one release; use `rl.paper.recheckTable2`. */
export const recheckTable2 = paper.recheckTable2;

/** @deprecated Kept for one release; use `rl.paper.recheckTable5`. */
export const recheckTable5 = paper.recheckTable5;

/** @deprecated Kept for one release; use `rl.paper.recheckTable5Frame`. */
export const recheckTable5Frame = paper.recheckTable5Frame;

/** @deprecated Kept for one release; use `rl.paper.EXHIBITS`. */
export const EXHIBITS: typeof paper.EXHIBITS = paper.EXHIBITS;
