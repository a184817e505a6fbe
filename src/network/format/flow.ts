/** What flows between the layers of an architecture: an image, or values in a row. */
export type Flow =
  | {
      readonly kind: "image";
      readonly channels: number;
      readonly height: number;
      readonly width: number;
    }
  | { readonly kind: "values"; readonly size: number };

/** How many values flow. */
export function sizeOf(flow: Flow): number {
  return flow.kind === "image" ? flow.channels * flow.height * flow.width : flow.size;
}

/** A flow in words: `3 × 28 × 28 values`. */
export function nameFlow(flow: Flow): string {
  return flow.kind === "image"
    ? `${flow.channels} × ${flow.height} × ${flow.width} values`
    : `${flow.size} values`;
}
