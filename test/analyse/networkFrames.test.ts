import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import type { FramedRows } from "../../src/lp/framedRows";
import { createPlainKernels } from "../../src/numeric/kernels";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import {
  CONVOLUTIONAL_SHAPES,
  convolutionalNetwork,
  type ConvolutionalShape,
} from "../network/convolutionalShapes";
import { perturbed, randomPoint } from "../network/randomNetwork";

describe.each([
  ["plain", createPlainKernels],
  ["fastest", loadKernels],
])("the frames of networks in the %s kernels", (_, createKernels) => {
  const normalised = CONVOLUTIONAL_SHAPES.flatMap((shape) => {
    const [height, width, channels] = shape.picture;
    return [1, channels, height * width * channels].map((count) => ({ ...shape, count }));
  });
  test.each(normalised)("hold every row at all places: $name, $count deviations", (shape) => {
    const random = createRandom(5);
    const list = (least: number): number[] =>
      Array.from({ length: shape.count }, (_, k) => least + ((k * 7) % 5) / 50);
    const network = convolutionalNetwork(
      shape,
      random,
      shape.count === 1 ? undefined : { kind: "normalise", mean: list(0.3), deviation: list(0.4) },
    );
    const twins = createTwins(network, perturbed(network, 0.1, random));
    const workspace = createPolytopeWorkspace(twins, createKernels());
    const { rows } = polytopeAt(workspace, randomPoint(network.inputSize, random));
    const offer = rows.frames;
    if (offer === undefined) throw new Error("no frames are offered");
    const { height, width, channels } = offer.picture;
    expect([height, width, channels]).toEqual(shape.picture);
    const { framed, dense, writeFrame, writeDense } = offer.open();
    const expected = new Float64Array(network.inputSize);
    let worst = 0;
    let count = 0;
    for (const { start, count: length, shape: index, corners, norms, alike } of framed) {
      const { height: lines, width: columns } = offer.shapes[index];
      const pitch = columns * channels + 1;
      const frame = new Float64Array(lines * pitch + 1);
      let above = 0;
      const frames = new Map<number, number[]>();
      for (let row = start; row < start + length; row++) {
        rows.row(row, expected);
        const whole = Math.hypot(...expected);
        frame.fill(NaN);
        writeFrame(row, frame, 1, pitch);
        // Rows that are said to have one frame have it to the bit.
        const number = alike?.of[row - start] ?? -1 - row;
        expect([...frame]).toEqual(frames.get(number) ?? [...frame]);
        frames.set(number, [...frame]);
        const corner = corners[row - start];
        for (let r = 0; r < lines; r++) {
          for (let c = 0; c < columns; c++) {
            for (let channel = 0; channel < channels; channel++) {
              const at = channel * height * width + corner + r * width + c;
              const found = frame[1 + r * pitch + c * channels + channel];
              worst = Math.max(worst, Math.abs(found - expected[at]));
              expected[at] = 0;
            }
          }
        }
        // Nothing is left outside the frame.
        expect(expected.some((value) => value !== 0)).toBe(false);
        if (whole > norms[row - start]) above++;
      }
      if (alike !== undefined) expect(Math.max(...alike.of)).toBeLessThan(alike.count);
      expect(above).toBeLessThan(0.2 * length);
      count += length;
    }
    const whole = new Float64Array(network.inputSize);
    for (const { start, count: length } of dense) {
      for (let row = start; row < start + length; row++) {
        rows.row(row, expected);
        writeDense(row, whole);
        for (let pixel = 0; pixel < height * width; pixel++) {
          for (let channel = 0; channel < channels; channel++) {
            const found = whole[pixel * channels + channel];
            worst = Math.max(worst, Math.abs(found - expected[channel * height * width + pixel]));
          }
        }
      }
    }
    expect(worst).toBeLessThan(1e-12);
    expect(dense.reduce((sum, block) => sum + block.count, count)).toBe(rows.rowCount);
  });

  test("keep their own pattern when those of another polytope are opened beside them", () => {
    const random = createRandom(7);
    const shape = CONVOLUTIONAL_SHAPES[1];
    const { picture } = shape;
    const network = convolutionalNetwork(shape, random);
    const workspace = createPolytopeWorkspace(
      createTwins(network, perturbed(network, 0.1, random)),
      createKernels(),
    );
    const framesAt = (point: Float64Array): FramedRows => {
      const offer = polytopeAt(workspace, point).rows.frames;
      if (offer === undefined) throw new Error("no frames are offered");
      return offer.open();
    };
    const [point, other] = [0, 1].map(() => randomPoint(network.inputSize, random));
    const alone = writeAll(framesAt(point), picture);
    const first = framesAt(point);
    const second = framesAt(other);
    expect(writeAll(second, picture)).not.toEqual(alone);
    expect(writeAll(first, picture)).toEqual(alone);
  });
});

/** All rows of an offer, one after another. */
function writeAll(
  { framed, dense, writeFrame, writeDense }: FramedRows,
  [height, width, channels]: ConvolutionalShape["picture"],
): number[] {
  const out: number[] = [];
  const size = height * width * channels;
  for (const { start, count } of framed) {
    for (let row = start; row < start + count; row++) {
      const frame = new Float64Array(size);
      writeFrame(row, frame, 0, width * channels);
      out.push(...frame);
    }
  }
  for (const { start, count } of dense) {
    for (let row = start; row < start + count; row++) {
      const whole = new Float64Array(size);
      writeDense(row, whole);
      out.push(...whole);
    }
  }
  return out;
}
