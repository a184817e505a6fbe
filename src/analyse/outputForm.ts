/** Weights of a linear form on the outputs of both networks: network · ξ + approximated · ξ̃. */
export interface OutputForm {
  readonly network: Readonly<Float64Array>;
  readonly approximated: Readonly<Float64Array>;
}

/** The form at the outputs ξ of N and ξ̃ of Ñ, output after output, zeros left out. */
export function valueOf(
  form: OutputForm,
  outputs: Readonly<Float64Array>,
  approximatedOutputs: Readonly<Float64Array>,
): number {
  const { network, approximated } = form;
  let sum = 0;
  for (let output = 0; output < outputs.length; output++) {
    if (network[output] !== 0) sum += network[output] * outputs[output];
    if (approximated[output] !== 0) sum += approximated[output] * approximatedOutputs[output];
  }
  return sum;
}
