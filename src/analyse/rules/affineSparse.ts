import { assertNever } from "../../errors";
import { ofValue } from "../../network/layer/perChannel";
import { termRules, type ConvolutionTerm, type Term } from "../../network/layer/term";
import { addEntry, type SparseForm } from "../sparseForm";

/** Adds a form on a term's values to one on its input, non-zero coefficient after coefficient. */
export function carrySparseTerm(term: Term, form: SparseForm, out: SparseForm): void {
  const { touched, values, count } = form;
  switch (term.kind) {
    case "dense": {
      const { data, columns } = term.weights;
      for (let column = 0; column < columns; column++) addEntry(out, column, 0);
      for (let index = 0; index < count; index++) {
        const start = touched[index] * columns;
        const factor = values[touched[index]];
        for (let column = 0; column < columns; column++) {
          out.values[column] += factor * data[start + column];
        }
      }
      break;
    }
    case "convolution":
      for (let index = 0; index < count; index++) {
        addReceptiveField(term, touched[index], values[touched[index]], out);
      }
      break;
    case "quotient":
      for (let index = 0; index < count; index++) {
        addEntry(
          out,
          touched[index],
          values[touched[index]] / ofValue(term.divisor, touched[index]),
        );
      }
      break;
    case "scale":
    case "pick":
      for (let index = 0; index < count; index++) {
        const value = values[touched[index]];
        termRules(term).visit(term, touched[index], (input, factor) => {
          addEntry(out, input, value * factor);
        });
      }
      break;
    default:
      assertNever(term);
  }
}

/** out += factor · (the weights that one neuron of a convolution gives to its inputs). */
function addReceptiveField(
  { sizes, weights }: ConvolutionTerm,
  neuron: number,
  factor: number,
  out: SparseForm,
): void {
  if (factor === 0) return;
  const { height, width, kernelHeight, kernelWidth, dilationDown, dilationAcross } = sizes;
  const planeSize = sizes.outHeight * sizes.outWidth;
  const channel = Math.floor(neuron / planeSize);
  const place = neuron % planeSize;
  const top = Math.floor(place / sizes.outWidth) * sizes.strideDown - sizes.top;
  const left = (place % sizes.outWidth) * sizes.strideAcross - sizes.left;
  const sources = sizes.inChannels / sizes.groups;
  const firstSource = Math.floor(channel / (sizes.outChannels / sizes.groups)) * sources;
  for (let source = 0; source < sources; source++) {
    const taps = (channel * sources + source) * kernelHeight * kernelWidth;
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = top + ky * dilationDown;
      if (y < 0 || y >= height) continue;
      const row = ((firstSource + source) * height + y) * width;
      for (let kx = 0; kx < kernelWidth; kx++) {
        const x = left + kx * dilationAcross;
        if (x < 0 || x >= width) continue;
        addEntry(out, row + x, factor * weights[taps + ky * kernelWidth + kx]);
      }
    }
  }
}
