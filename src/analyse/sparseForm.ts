/** A form on the values of one place in the network, of which few coefficients are not zero. */
export interface SparseForm {
  readonly values: Float64Array;
  /** 1 where a place is listed in `touched`. */
  readonly isTouched: Uint8Array;
  readonly touched: Int32Array;
  count: number;
}

export function createSparseForm(size: number): SparseForm {
  return {
    values: new Float64Array(size),
    isTouched: new Uint8Array(size),
    touched: new Int32Array(size),
    count: 0,
  };
}

/** form[place] += value. */
export function addEntry(form: SparseForm, place: number, value: number): void {
  if (form.isTouched[place] === 0) {
    form.isTouched[place] = 1;
    form.touched[form.count++] = place;
  }
  form.values[place] += value;
}

export function clearForm(form: SparseForm): void {
  for (let index = 0; index < form.count; index++) {
    form.values[form.touched[index]] = 0;
    form.isTouched[form.touched[index]] = 0;
  }
  form.count = 0;
}
