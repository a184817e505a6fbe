/**
 * What stands beside the exhibits behind the door `rl.paper`: printed numbers, stored rows,
 * findings and rows that are computed anew.
 *
 * @module
 */

// What is printed
export { TABLE_1, TABLE_2, TABLE_2_BITS, TABLE_3, TABLE_4, TABLE_5 } from "./printed";
export { printedErrorIntervals } from "../analyse/printedIntervals";

// Stored rows and what they come to
export { SAMPLE_SEED } from "./sample";
export { storedRows } from "./rowSource";
export { findingsFrame } from "./findings";
export { resampleRows } from "./exhibit/figure3";
export { twoSided } from "./twoSided";
export { compareQuantisers, quantiserFrame } from "./quantisers";

// Rows computed anew
export { recheckFrame, recheckRuns } from "./recheck";
export { recheckedClassesFrame, recheckTable2 } from "./recheckTable2";
export { recheckTable5, recheckTable5Frame } from "./recheckTable5";
