import { labelOf, pointOf, type Dataset } from "../dataset/dataset";
import { DISPLAY, type MimeBundle } from "../present/display";
import { escapeMarkup } from "../present/escape";
import { formatCount } from "../present/numberFormat";
import { createPictures } from "../present/picture/picture";
import { isTypedArray, membersOf } from "../unknownValue";

/** How many of a data set's images are shown. */
const SHOWN = 10;

/** Whether a value is a data set, as `openDataset` makes them. */
export function isDataset(value: unknown): value is Dataset {
  if (value === null || typeof value !== "object") return false;
  const { name, count, rows, columns, pixels, labels } = membersOf<Dataset>(value);
  return (
    typeof name === "string" &&
    isTypedArray(labels) &&
    labels.length === count &&
    isTypedArray(pixels) &&
    typeof rows === "number" &&
    typeof columns === "number" &&
    pixels.length === count * rows * columns
  );
}

/** A data set in a sentence, and its first images with their labels. */
export function showDataset(dataset: Dataset): MimeBundle {
  const { name, count, rows, columns, classCount, origin } = dataset;
  const sentence =
    `${name}: ${formatCount(count)} images of ${rows} × ${columns} pixels, ` +
    `${formatCount(classCount)} classes (${origin})`;
  const first = Array.from({ length: Math.min(SHOWN, count) }, (_, index) => ({
    pixels: pointOf(dataset, index),
    caption: `${index}: ${labelOf(dataset, index)}`,
  }));
  // Pictures are drawn at once, not later.
  const pictures = createPictures([first], { rows, columns, enlarge: 2 })[DISPLAY]() as MimeBundle;
  return {
    "text/html":
      `<div><p>${escapeMarkup(sentence)}; the first ${first.length}, point: label</p>` +
      `${String(pictures["text/html"])}</div>`,
    "text/plain": sentence,
  };
}
