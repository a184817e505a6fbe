import { boundErrors } from "../errorBounds";
import { createBound, type BoundMethod } from "./bound";

/**
 * Differences are carried from layer to layer beside N's values, from where sources make them: what
 * `boundErrors` does. Small differences keep small bounds.                  (paper, Eqs. 10–17)
 */
export const differential: BoundMethod = (twins, box, options = {}) => {
  const { values, errors } = boundErrors(twins, box);
  return createBound("differential", twins, box, { values, differences: errors }, options);
};
