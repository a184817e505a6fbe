/**
 * The door `rl.present`: what stands behind tables, figures, pictures, reports and progress.
 *
 * @module
 */

// Tables
export { appMaxFrame, appMaxTable, APPMAX_NOTES, summaryTable } from "../lab/appMaxTables";
export { createTable } from "../present/table/table";
export { displayTable, renderHtml, renderMarkdown, renderText } from "../present/table/showTable";

// Figures and pictures
export { createPicture } from "../present/picture/picture";
export { loadPlotlyScript } from "../present/figure/plotlyScript";
export { renderSvg } from "../present/svg/staticSvg";
export { resampleFigure } from "../present/figure/resampleFigure";

// Values that show themselves, and progress
export { DISPLAY } from "../present/display";
export { formatProgress } from "../present/progress/progress";
export { progressBar, reportProgress } from "../present/progress/progressDisplay";

// Reports
export { notebookSection } from "../present/report/notebookSections";
export { renderHtmlReport } from "../present/report/htmlReport";
