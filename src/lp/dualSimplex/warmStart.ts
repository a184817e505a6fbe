import { BASIS_RESIDUAL } from "../../numeric/tolerance";
import { squaredNorm } from "./expressRow";
import { addLoose, computeRowWeight, removeLoose } from "./looseRows";
import type { Basis } from "../program";
import { AT_LOWER, AT_UPPER, FIXED, FREE, type Simplex } from "./state";
import { shrinkBasis } from "./basisInverse";
import { invertBasis } from "./invertBasis";
import { refine } from "./refine";
import { addRows } from "./rowPool";

/** The basis a solve stands at, in the program's own numbers. */
export function basisOf({ memory, basisCount, poolRow }: Simplex): Basis {
  return {
    tightRows: Array.from(memory.tight.view.subarray(0, basisCount), (place) => poolRow[place]),
    freeVariables: Array.from(memory.free.view.subarray(0, basisCount)),
  };
}

/**
 * Starts a solve, which must have no rows yet, at a basis of another program.
 *
 * Pairs of a tight row and a free variable leave it until all multipliers are ≥ 0; then every other
 * variable goes to the bound that its reduced cost prefers, and the start is dual feasible. When
 * rows are missing or the basis is singular, the state stays as it is.
 *
 * @returns whether the basis was used
 */
export function installBasis(simplex: Simplex, basis: Basis, tolerance: number): boolean {
  const rows = [...new Set(basis.tightRows)].filter((row) => row < simplex.present.length);
  const variables = [...new Set(basis.freeVariables)].filter(
    (column) => column < simplex.status.length && simplex.status[column] !== FIXED,
  );
  const isWhole =
    rows.length === basis.tightRows.length &&
    variables.length === basis.freeVariables.length &&
    rows.length === variables.length &&
    rows.length <= simplex.memory.basisSize;
  if (!isWhole || addRows(simplex, rows, tolerance) >= 0) return false;
  if (simplex.poolCount !== rows.length) return false;
  rows.forEach((_, place) => {
    simplex.memory.tight.view[place] = place;
    simplex.tightPlace[place] = place;
    simplex.memory.free.view[place] = variables[place];
    simplex.status[variables[place]] = FREE;
    simplex.memory.multiplier.view[place] = 0;
  });
  // From the back, where no other row has to move.
  for (let place = rows.length - 1; place >= 0; place--) removeLoose(simplex, place);
  simplex.basisCount = rows.length;
  if (!invertBasis(simplex)) {
    abandon(simplex);
    return false;
  }
  refine(simplex);
  // The updates lose digits where rows nearly depend on each other: look again with exact
  // multipliers.
  while (removeNegativeMultiplier(simplex)) {
    while (removeNegativeMultiplier(simplex));
    if (!invertBasis(simplex)) {
      abandon(simplex);
      return false;
    }
    refine(simplex);
  }
  placeAtBounds(simplex);
  refine(simplex);
  computeWeights(simplex);
  return true;
}

/** Makes all rows loose and puts all variables where their costs point, as at the start. */
function abandon(simplex: Simplex): void {
  const { memory, poolCount, basisCount, status } = simplex;
  for (let place = 0; place < basisCount; place++) status[memory.free.view[place]] = AT_LOWER;
  simplex.basisCount = 0;
  for (let position = 0; position < poolCount; position++) {
    if (simplex.tightPlace[position] >= 0) addLoose(simplex, position);
    simplex.tightPlace[position] = -1;
  }
  memory.reduced.view.set(simplex.cost);
  placeAtBounds(simplex);
  refine(simplex);
  computeWeights(simplex);
}

/**
 * Takes the most negative multiplier's row out of the basis, together with the free variable
 * through which that changes the other multipliers least; false if there is none.
 */
function removeNegativeMultiplier(simplex: Simplex): boolean {
  const { memory, basisCount } = simplex;
  const { multiplier, inverse, basisSize, free, reduced } = memory;
  let place = -1;
  let least = -BASIS_RESIDUAL;
  for (let t = 0; t < basisCount; t++) {
    if (multiplier.view[t] < least) {
      least = multiplier.view[t];
      place = t;
    }
  }
  if (place < 0) return false;
  let freePlace = 0;
  for (let f = 1; f < basisCount; f++) {
    const entry = Math.abs(inverse.view[f * basisSize + place]);
    if (entry > Math.abs(inverse.view[freePlace * basisSize + place])) freePlace = f;
  }
  const row = freePlace * basisSize;
  const ratio = least / inverse.view[row + place];
  for (let t = 0; t < basisCount; t++) multiplier.view[t] -= ratio * inverse.view[row + t];
  multiplier.view[place] = 0;
  const variable = free.view[freePlace];
  reduced.view[variable] = ratio;
  simplex.status[variable] = ratio > 0 ? AT_UPPER : AT_LOWER;
  shrinkBasis(simplex, freePlace, place);
  return true;
}

function placeAtBounds({ memory, status, lower, upper }: Simplex): void {
  const reduced = memory.reduced.view;
  for (let column = 0; column < reduced.length; column++) {
    if (status[column] === FREE) continue;
    if (status[column] !== FIXED) status[column] = reduced[column] > 0 ? AT_UPPER : AT_LOWER;
    memory.point.view[column] = status[column] === AT_UPPER ? upper[column] : lower[column];
  }
}

/** The steepest-edge weights of a basis that was not reached by pivots. */
export function computeWeights(simplex: Simplex): void {
  const { memory, basisCount, looseCount } = simplex;
  const { inverse, basisSize, free } = memory;
  for (let f = 0; f < basisCount; f++) {
    const row = inverse.view.subarray(f * basisSize, f * basisSize + basisCount);
    simplex.columnWeight[free.view[f]] = Math.max(squaredNorm(row, basisCount), Number.MIN_VALUE);
  }
  for (let place = 0; place < looseCount; place++) {
    computeRowWeight(simplex, memory.loose.view[place]);
  }
}
