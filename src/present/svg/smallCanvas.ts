import { encodeColourPng } from "../picture/png";

/** A `<canvas>` element, as far as it is used. */
export interface CanvasElement {
  readonly width: number;
  readonly height: number;
}

/** Pixels: red, green, blue, opacity, each a byte. */
interface ImageData {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** What Plotly asks of a canvas when it draws a heat map or an image of numbers. */
export interface CanvasContext {
  fillStyle: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  createImageData(width: number, height: number): ImageData;
  putImageData(image: ImageData, x: number, y: number): void;
}

/**
 * A canvas that knows filled rectangles and given pixels, which is all that heat maps need. It is
 * drawn anew at each call, and what it holds is read with `canvasPng`.
 */
export function createCanvasContext({ width, height }: CanvasElement): CanvasContext & ImageData {
  const data = new Uint8ClampedArray(width * height * 4);
  return {
    width,
    height,
    data,
    fillStyle: "rgb(0,0,0)",
    fillRect(x, y, fillWidth, fillHeight) {
      const colour = parseColour(this.fillStyle);
      const right = Math.min(width, Math.round(x + fillWidth));
      const bottom = Math.min(height, Math.round(y + fillHeight));
      for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
        for (let column = Math.max(0, Math.round(x)); column < right; column++) {
          data.set(colour, 4 * (row * width + column));
        }
      }
    },
    createImageData: (w, h) => ({ width: w, height: h, data: new Uint8ClampedArray(4 * w * h) }),
    putImageData(image, x, y) {
      for (let row = 0; row < Math.min(image.height, height - y); row++) {
        const from = 4 * row * image.width;
        const count = 4 * Math.min(image.width, width - x);
        data.set(image.data.subarray(from, from + count), 4 * ((row + y) * width + x));
      }
    },
  };
}

/** The address of a canvas's picture. */
export function canvasUrl({ data, width, height }: ImageData): string {
  return `data:image/png;base64,${encodeColourPng(data, height, width).toString("base64")}`;
}

/**
 * A colour as Plotly writes it for a canvas: `rgb(...)`, `rgba(...)`, `hsl(...)` or `hsla(...)`.
 */
function parseColour(text: string): [number, number, number, number] {
  const [, model = "", list = ""] = /^(rgb|hsl)a?\(([^)]*)\)$/.exec(text) ?? [];
  const [a = 0, b = 0, c = 0, opacity = 1] = list.split(",").map((part) => Number.parseFloat(part));
  const [red, green, blue] = model === "hsl" ? fromHsl(a, b / 100, c / 100) : [a, b, c];
  return [red, green, blue, 255 * opacity];
}

/**
 * Hue in degrees, saturation and lightness as shares, to bytes of red, green and blue. (CSS Color
 * 4)
 */
function fromHsl(hue: number, saturation: number, lightness: number): [number, number, number] {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
