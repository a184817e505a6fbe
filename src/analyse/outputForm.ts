/** A linear form on the outputs of both networks: network · ξ + approximated · ξ̃. */
export interface OutputForm {
  readonly network: Readonly<Float64Array>;
  readonly approximated: Readonly<Float64Array>;
}

/** network · ξ + approximated · ξ̃, output after output, zeros left out. */
export function valueOf(
  form: OutputForm,
  network: Readonly<Float64Array>,
  approximated: Readonly<Float64Array>,
): number {
  let sum = 0;
  for (let output = 0; output < network.length; output++) {
    if (form.network[output] !== 0) sum += form.network[output] * network[output];
    if (form.approximated[output] !== 0) sum += form.approximated[output] * approximated[output];
  }
  return sum;
}
