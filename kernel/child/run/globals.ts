import type { Display, DisplayHandle, PromptOptions } from "../show/displayApi";
import type { ImageOptions } from "../show/imageBundle";
import * as RoundLab from "../../../src/index";

/** What every cell finds without an import. The compiler of the cells reads this file's types. */
declare global {
  /** All of RoundLab, its types too, as `import * as rl from "roundlab"` would give it. */
  export import rl = RoundLab;
  /** Shows a value below the cell; the handle that it returns shows another in the same place. */
  const display: Display;
  /**
   * Shows an image file, the bytes of one, or numbers as a grey picture (784 as 28 x 28 pixels).
   */
  function displayImage(
    image: string | Uint8Array | ArrayLike<number>,
    options?: ImageOptions,
  ): DisplayHandle;
  /** Removes what the cell has shown; with `wait`, only when the next output comes. */
  function clearOutput(options?: { readonly wait?: boolean }): void;
  /** Asks the user for a line of text, and waits for it. */
  function prompt(text?: string, options?: PromptOptions): string;
  /** Asks the user for yes or no, and waits for it. */
  function confirm(text?: string): boolean;
  /** Shows a value in the client's pager, where it has one. */
  function page(value: unknown): void;
  /**
   * Aborted when the running cell is interrupted. Hand it to what can be ended, such as `fetch`;
   * RoundLab's own long runs heed it by themselves.
   */
  const cellSignal: AbortSignal;
  /** Goes through items with a progress bar below the cell. */
  function progress<T>(items: Iterable<T>, label?: string): Iterable<T>;
}

export {};
