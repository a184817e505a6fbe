import { invertMatrix } from "../../src/numeric/invertMatrix";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";

describe("invertMatrix(matrix)", () => {
  test("gives what a person finds, rows exchanged where they must be", () => {
    const inverse = invertMatrix(createMatrix(2, 2, Float64Array.of(0, 2, 4, 1)));
    expect(inverse?.data).toEqual(Float64Array.of(-0.125, 0.25, 0.5, 0));
  });

  test("times the matrix is the identity", () => {
    const size = 30;
    const random = createRandom(1);
    const data = Float64Array.from({ length: size * size }, () => random.normal());
    const inverse = invertMatrix(createMatrix(size, size, data));
    if (inverse === undefined) throw new Error("a random matrix has an inverse");
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          sum += data[row * size + k] * inverse.data[k * size + column];
        }
        expect(sum).toBeCloseTo(row === column ? 1 : 0, 10);
      }
    }
  });

  test("has none of a matrix whose rows depend on each other, nor changes what it is given", () => {
    const matrix = createMatrix(2, 2, Float64Array.of(1, 2, 2, 4));
    expect(invertMatrix(matrix)).toBeUndefined();
    expect(matrix.data).toEqual(Float64Array.of(1, 2, 2, 4));
  });
});
