/** A linear form on the outputs of both networks: exact · ξ + altered · ξ̃. */
export interface OutputForm {
  readonly exact: Readonly<Float64Array>;
  readonly altered: Readonly<Float64Array>;
}

/** exact · ξ + altered · ξ̃, output after output, zeros left out. */
export function valueOf(
  form: OutputForm,
  exact: Readonly<Float64Array>,
  altered: Readonly<Float64Array>,
): number {
  let sum = 0;
  for (let output = 0; output < exact.length; output++) {
    if (form.exact[output] !== 0) sum += form.exact[output] * exact[output];
    if (form.altered[output] !== 0) sum += form.altered[output] * altered[output];
  }
  return sum;
}
