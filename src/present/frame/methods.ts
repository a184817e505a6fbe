import { addColumn } from "./addColumn";
import { append } from "./append";
import { apply } from "./apply";
import { abs, applyMap, asType, fillNa, isNa, mapSeries, replace, round } from "./cells";
import { combineFrame, combineSeries } from "./combine";
import { cumulateFrame, cumulateSeries } from "./cumulate";
import { describeParts } from "./describe";
import { at, iat, iloc, ilocCell, ilocSeries, loc, locSeries, query } from "./locate";
import { ARITHMETIC_NAMES, COMPARISON_NAMES, LOGICAL_NAMES } from "./operators";
import { sortIndex, sortSeries, sortValues } from "./order";
import type { FrameParts } from "./parts";
import {
  describeSeries,
  nUniqueFrame,
  positionOfExtreme,
  reduceFrame,
  reduceSeries,
  unique,
  valueCounts,
} from "./reduce";
import { columnSeries, drop, rename, resetIndex, setIndex, transpose } from "./reshape";
import { copy, dropNa, head, sample, selectDtypes, tail } from "./rows";

/** A method as a function of the parts of its frame; parts that it returns become a frame again. */
export type PartsMethod = (parts: FrameParts, ...given: never[]) => unknown;

/** Methods by name. */
export type PartsMethods = Readonly<Record<string, PartsMethod>>;

/** Statistics that frames and series have as methods. */
const REDUCTIONS = ["mean", "median", "min", "max", "std", "var", "sum", "count"];

function byName(names: readonly string[], method: (name: string) => PartsMethod): PartsMethods {
  return Object.fromEntries(names.map((name) => [name, method(name)]));
}

/** What frames do, in place of danfojs's methods of these names. */
export const FRAME_METHODS: PartsMethods = {
  head,
  tail,
  sample,
  copy,
  dropNa,
  selectDtypes,
  query,
  iloc,
  loc,
  iat,
  at,
  sortValues,
  sortIndex,
  column: columnSeries,
  addColumn,
  drop,
  rename,
  append,
  setIndex,
  resetIndex,
  transpose,
  isNa,
  abs,
  round,
  applyMap,
  apply,
  fillNa,
  replace,
  asType,
  nUnique: nUniqueFrame,
  describe: describeParts,
  cumSum: cumulateFrame("sum"),
  cumProd: cumulateFrame("prod"),
  cumMin: cumulateFrame("min"),
  cumMax: cumulateFrame("max"),
  ...byName(REDUCTIONS, reduceFrame),
  ...byName([...ARITHMETIC_NAMES, ...COMPARISON_NAMES], combineFrame),
};

/** What series do, in place of danfojs's methods of these names. */
export const SERIES_METHODS: PartsMethods = {
  head,
  tail,
  sample,
  copy,
  iloc: ilocSeries,
  loc: locSeries,
  iat: ilocCell,
  at: (parts, label) => at(parts, label, parts.names[0] ?? ""),
  sortValues: sortSeries,
  resetIndex,
  isNa,
  dropNa: (parts) => dropNa(parts),
  fillNa: (parts, value) => fillNa(parts, value),
  abs,
  round,
  map: mapSeries,
  apply: applyMap,
  unique,
  valueCounts,
  describe: describeSeries,
  argMax: positionOfExtreme(1),
  argMin: positionOfExtreme(-1),
  cumSum: cumulateSeries("sum"),
  cumProd: cumulateSeries("prod"),
  cumMin: cumulateSeries("min"),
  cumMax: cumulateSeries("max"),
  ...byName([...REDUCTIONS, "nUnique"], reduceSeries),
  ...byName(
    [
      ...ARITHMETIC_NAMES.filter((name) => name !== "divNoNan"),
      ...COMPARISON_NAMES,
      ...LOGICAL_NAMES,
    ],
    combineSeries,
  ),
};
