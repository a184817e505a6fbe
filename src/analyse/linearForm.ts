/** A linear form: Σ factors[i] · (value at places[i]) + constant; no place twice. */
export interface LinearForm {
  readonly places: readonly number[];
  readonly factors: readonly number[];
  /** 0 where absent. */
  readonly constant?: number;
}

/** The form's coefficients, zeros included. */
export function writeForm({ places, factors }: LinearForm, out: Float64Array): void {
  out.fill(0);
  places.forEach((place, index) => (out[place] = factors[index]));
}
