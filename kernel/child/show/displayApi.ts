import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { ArgumentError } from "../../../src/errors";
import type { MimeBundle } from "../../protocol/cellProtocol";
import { KernelInterrupted } from "../run/awaitGate";
import { readAnswer } from "../run/channel";
import { imageBundle, type ImageOptions } from "./imageBundle";
import { DISPLAY_SYMBOL, renderNow, renderValue } from "./mimeBundle";
import { followProgress } from "./followProgress";
import type { CellSession } from "../run/session";

/** Where a display stands, and whether it takes the place of an earlier one. */
export interface DisplayOptions {
  /** Names the display: a cell that shows it again shows it in the same place. */
  readonly id?: string;
  /** Shows the value in the place of the display of this id, whichever cell has shown it. */
  readonly update?: boolean;
}

/** A display that can be shown anew in its place. */
export interface DisplayHandle {
  readonly id: string;
  /** Shows another value in the same place. */
  update(value: unknown): void;
}

/** Shows values below the cell, each as it says itself. */
export interface Display {
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  /** Shows HTML. */
  html(source: string, options?: DisplayOptions): DisplayHandle;
  /** Shows Markdown. */
  markdown(source: string, options?: DisplayOptions): DisplayHandle;
  /** Shows a formula in TeX. */
  latex(source: string, options?: DisplayOptions): DisplayHandle;
  /** Shows a vector graphic. */
  svg(source: string, options?: DisplayOptions): DisplayHandle;
  /** Shows a JSON value as a tree, where the client knows how. */
  json(value: unknown, options?: DisplayOptions): DisplayHandle;
  /** Shows a value in the formats given, by MIME type; bytes are sent as base64. */
  bundle(data: Readonly<Record<string, unknown>>, options?: DisplayOptions): DisplayHandle;
}

/** What a prompt may be told. */
export interface PromptOptions {
  /** Hides what is typed. */
  readonly password?: boolean;
}

/** The functions that every cell has without an import. */
export interface DisplayApi {
  readonly display: Display;
  displayImage(
    image: string | Uint8Array | ArrayLike<number>,
    options?: ImageOptions,
  ): DisplayHandle;
  clearOutput(options?: { readonly wait?: boolean }): void;
  prompt(text?: string, options?: PromptOptions): string;
  confirm(text?: string): boolean;
  page(value: unknown): void;
  progress<T>(items: Iterable<T>, label?: string): Iterable<T>;
}

/** A value with given representations. */
const asBundle = (data: MimeBundle): object => ({ [DISPLAY_SYMBOL]: () => data });

function createHandle(
  session: CellSession,
  value: unknown,
  options: DisplayOptions,
): DisplayHandle {
  const id = options.id ?? randomUUID();
  // The rendering that the next one waits for, so that updates keep their order.
  let before: Promise<void> | undefined;
  const show = (shown: unknown, isUpdate: boolean): void => {
    // It belongs to the cell at work now, also if it takes until after its end.
    const cell = session.id;
    const send = (data: MimeBundle): void => {
      if (Object.keys(data).length > 0)
        session.sendFor(cell, { kind: "display", data, metadata: {}, displayId: id, isUpdate });
    };
    // What can be rendered at once keeps its place among the cell's other output.
    const now = renderNow(shown);
    if (before === undefined && !(now instanceof Promise)) return send(now);
    before = Promise.all([now, before]).then(([data]) => send(data));
    session.pending.push(before);
  };
  show(value, options.update ?? session.shown.has(id));
  session.shown.add(id);
  const handle: DisplayHandle = { id, update: (next) => show(next, true) };
  // A handle that is a cell's last expression shows nothing: its display is there already.
  Object.defineProperty(handle, DISPLAY_SYMBOL, { value: () => ({}), enumerable: false });
  return handle;
}

/** Asks the user, blocking, as the browser's function of this name does. */
function prompt(session: CellSession, text = "", options: PromptOptions = {}): string {
  if (!session.isRunning || !session.allowStdin)
    throw new ArgumentError(
      "prompt needs a client that lets the cell ask; this one does not (notebooks that run unattended cannot ask)",
    );
  session.send({ kind: "prompt", text, password: options.password === true });
  const answer = readAnswer();
  if (answer.kind === "cancelled") throw new KernelInterrupted();
  return answer.text;
}

/** Asks the user for yes or no until the answer is one of them, blocking. */
function confirm(session: CellSession, text = "Go on?"): boolean {
  for (;;) {
    const answer = prompt(session, `${text} [y/n] `).trim().toLowerCase();
    if (answer === "y" || answer === "yes") return true;
    if (answer === "n" || answer === "no") return false;
  }
}

/** The display functions of a session's cells. */
export function createDisplayApi(session: CellSession): DisplayApi {
  const showAs =
    (type: string) =>
    (source: unknown, options: DisplayOptions = {}): DisplayHandle =>
      createHandle(session, asBundle({ [type]: source, "text/plain": String(source) }), options);
  const display: Display = Object.assign(
    (value: unknown, options: DisplayOptions = {}) => createHandle(session, value, options),
    {
      html: showAs("text/html"),
      markdown: showAs("text/markdown"),
      latex: showAs("text/latex"),
      svg: showAs("image/svg+xml"),
      json: (value: unknown, options: DisplayOptions = {}) =>
        createHandle(
          session,
          asBundle({ "application/json": value, "text/plain": JSON.stringify(value, null, 2) }),
          options,
        ),
      bundle: (data: Readonly<Record<string, unknown>>, options: DisplayOptions = {}) =>
        createHandle(session, asBundle({ ...data }), options),
    },
  );
  return {
    display,
    displayImage: (image, options = {}) => {
      const source = typeof image === "string" ? readFileSync(image) : image;
      return createHandle(session, asBundle(imageBundle(source, options)), {});
    },
    clearOutput: (options = {}) => session.send({ kind: "clear", wait: options.wait === true }),
    prompt: (text, options) => prompt(session, text, options),
    confirm: (text) => confirm(session, text),
    page: (value) => {
      const add = async (): Promise<void> => {
        const data = typeof value === "string" ? { "text/plain": value } : await renderValue(value);
        session.payload.push({ source: "page", data, start: 0 });
      };
      session.pending.push(add());
    },
    progress: followProgress,
  };
}
