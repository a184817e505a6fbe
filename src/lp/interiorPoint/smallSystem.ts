/**
 * A small square system, scaled symmetrically, by elimination with complete pivoting. What the
 * pivots leave undecided is left out: those unknowns are 0.
 */
export class SmallSystem {
  private rank = 0;
  private readonly rows: Int32Array;
  private readonly columns: Int32Array;
  private readonly work: Float64Array;

  /**
   * @param matrix  size × size, row-major; eliminated in place
   * @param scales  for each unknown, what its row and column are multiplied by
   */
  constructor(
    private readonly size: number,
    private readonly matrix: Float64Array,
    private readonly scales: Readonly<Float64Array>,
    leastPivot: number,
  ) {
    this.rows = Int32Array.from({ length: size }, (_, index) => index);
    this.columns = this.rows.slice();
    this.work = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i * size + j] *= scales[i] * scales[j];
    }
    for (; this.rank < size && this.pivot(this.rank, leastPivot); this.rank++) {
      this.eliminate(this.rank);
    }
  }

  /** Brings the largest entry left to the diagonal; false if it is too small. */
  private pivot(k: number, leastPivot: number): boolean {
    const { size, matrix, rows, columns } = this;
    let [row, column, most] = [k, k, 0];
    for (let i = k; i < size; i++) {
      for (let j = k; j < size; j++) {
        const value = Math.abs(matrix[i * size + j]);
        if (value > most) [row, column, most] = [i, j, value];
      }
    }
    if (!(most > leastPivot)) return false;
    for (let j = 0; j < size; j++) swap(matrix, k * size + j, row * size + j);
    for (let i = 0; i < size; i++) swap(matrix, i * size + k, i * size + column);
    swap(rows, k, row);
    swap(columns, k, column);
    return true;
  }

  private eliminate(k: number): void {
    const { size, matrix } = this;
    for (let i = k + 1; i < size; i++) {
      const factor = matrix[i * size + k] / matrix[k * size + k];
      matrix[i * size + k] = factor;
      for (let j = k + 1; j < size; j++) matrix[i * size + j] -= factor * matrix[k * size + j];
    }
  }

  /** Replaces the right-hand side by the solution. */
  solve(right: Float64Array): void {
    const { size, rank, matrix, rows, columns, scales, work } = this;
    for (let k = 0; k < rank; k++) {
      let sum = right[rows[k]] * scales[rows[k]];
      for (let j = 0; j < k; j++) sum -= matrix[k * size + j] * work[j];
      work[k] = sum;
    }
    for (let k = rank - 1; k >= 0; k--) {
      for (let j = k + 1; j < rank; j++) work[k] -= matrix[k * size + j] * work[j];
      work[k] /= matrix[k * size + k];
    }
    right.fill(0, 0, size);
    for (let k = 0; k < rank; k++) right[columns[k]] = work[k] * scales[columns[k]];
  }
}

function swap(values: Float64Array | Int32Array, one: number, other: number): void {
  const value = values[one];
  values[one] = values[other];
  values[other] = value;
}
