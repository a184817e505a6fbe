import { createGemm } from "../../../numeric/gemm";
import { loadKernels } from "../../../numeric/loadKernels";
import { createBound, type BoundMethod } from "../bound";
import { buildModel } from "./buildModel";
import { refineValue } from "./refine";
import { boundTotal } from "./signs";

/**
 * Numbers before each bend, and the differences of the outputs, are carried back to the inputs as
 * linear forms on N's values and on the differences, through planes over and under what ReLUs make
 * of both; E by the signs of the outputs. What layers have in common cancels before it is bounded.
 */
export const symbolic: BoundMethod = (twins, box, options = {}) => {
  const gemm = { ...createGemm(options.kernels ?? loadKernels()), signal: options.signal };
  try {
    const model = buildModel(twins, box, gemm, refineValue);
    const total = boundTotal(model);
    const { values, differences } = model;
    return createBound("symbolic", twins, box, { values, differences, total }, options);
  } finally {
    gemm.lot.release();
  }
};
