import { ArgumentError, ShapeError } from "../../../src/errors";
import { DISPLAY } from "../../../src/present/display";
import { greyBytes, pictureSize, sharedRange } from "../../../src/present/picture/greyScale";
import { createPicture, createPictures } from "../../../src/present/picture/picture";
import { encodeColourPng, encodePng, withResolution } from "../../../src/present/picture/png";
import { decodePng } from "./decodePng";

describe("encodePng", () => {
  test("writes a file that reads back to the same pixels", () => {
    const pixels = Array.from({ length: 12 }, (_, i) => (i * 67) % 256);
    expect(decodePng(encodePng(pixels, 3, 4))).toEqual({ rows: 3, columns: 4, pixels });
  });

  test("begins, ends and sums up as the format asks", () => {
    const png = encodePng([0], 1, 1);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
    // The checksum of an empty IEND chunk is printed in the specification.
    expect(png.subarray(-12).toString("hex")).toBe("0000000049454e44ae426082");
  });

  test("refuses pixels that do not fit", () => {
    expect(() => encodePng([1, 2, 3], 2, 2)).toThrow(ShapeError);
    expect(() => encodeColourPng([1, 2, 3], 1, 1)).toThrow(ShapeError);
  });

  test("writes colours and opacity, too", () => {
    const pixels = [255, 0, 0, 255, 0, 0, 255, 0];
    expect(decodePng(encodeColourPng(pixels, 1, 2))).toEqual({ rows: 1, columns: 2, pixels });
  });

  test("says how many dots an inch has, behind the header", () => {
    const png = withResolution(encodePng([0], 1, 1), 300);
    expect(png.subarray(37, 41).toString("latin1")).toBe("pHYs");
    // 300 dots an inch are 11811 a metre.
    expect([png.readUInt32BE(41), png.readUInt32BE(45), png[49]]).toEqual([11811, 11811, 1]);
    expect(png.subarray(54, 62).toString("latin1")).toContain("IDAT");
  });
});

describe("greyBytes and sharedRange", () => {
  test("show the lower end white and the upper black, and clip what lies outside", () => {
    expect([...greyBytes([0, 0.5, 1, 2, -1], [0, 1])]).toEqual([255, 128, 0, 0, 255]);
  });

  test("widen the range for values outside 0 to 1", () => {
    expect(sharedRange([{ pixels: [0.2] }, { pixels: [-0.1, 1.5] }])).toEqual([-0.1, 1.5]);
  });

  test("refuse a pixel that is no number", () => {
    expect(() => sharedRange([{ pixels: [0, NaN] }])).toThrow(ArgumentError);
    expect(() => sharedRange([{ pixels: [0, NaN] }])).toThrow(/pixel 1 of picture 0 is NaN/);
  });
});

describe("pictureSize", () => {
  test("takes a square for granted, and works out the side that is missing", () => {
    expect(pictureSize(784, {})).toEqual([28, 28]);
    expect(pictureSize(6, { rows: 2 })).toEqual([2, 3]);
    expect(pictureSize(6, { columns: 2 })).toEqual([3, 2]);
    expect(() => pictureSize(7, {})).toThrow(/7 pixels make no picture/);
  });
});

describe("createPicture", () => {
  test("shows a point as PNG, HTML and characters", async () => {
    const bundle = await createPicture([0, 1, 0, 1], { caption: "a <line>", enlarge: 2 })[
      DISPLAY
    ]();
    const { rows, columns, pixels } = decodePng(Buffer.from(String(bundle["image/png"]), "base64"));
    expect([rows, columns]).toEqual([4, 4]);
    expect(pixels.slice(0, 4)).toEqual([255, 255, 0, 0]);
    expect(bundle["text/html"]).toContain("a &lt;line&gt;");
    expect(bundle["text/html"]).toContain(`src="data:image/png;base64,`);
    expect(bundle["text/plain"]).toBe(" @\na <line>");
  });

  test("shows rows of pictures under one range of grey", async () => {
    const pictures = createPictures([[{ pixels: [0, 1, 1, 0] }], [{ pixels: [0, 4, 0, 0] }]]);
    expect(pictures.range).toEqual([0, 4]);
    const bundle = await pictures[DISPLAY]();
    expect(String(bundle["text/html"]).match(/<img /g)).toHaveLength(2);
    expect(bundle["image/png"]).toBeUndefined();
  });

  test("refuses values that make no picture before anything is shown", () => {
    expect(() => createPicture([1, 2, 3])).toThrow(ShapeError);
  });
});
