import type { CellEvent, CellRequest, ErrorContent } from "../protocol/cellProtocol";
import type { JsonObject, Message } from "../protocol/message";
import { startCellProcess, type CellProcess, type CellProcessEnd } from "./cellProcess";
import { describeEnd } from "./describeEnd";
import type { Outputs } from "./outputs";
import { membersOf } from "../../src/unknownValue";

/** What a cell came to. */
export interface CellOutcome {
  readonly error: ErrorContent | undefined;
  readonly payload: readonly JsonObject[];
  readonly userExpressions: JsonObject;
}

/** Runs cells in a cell process, which it replaces when it dies. One cell at a time. */
export interface CellRunner {
  run(cell: RunningCell): Promise<CellOutcome>;
  /** Asks the type checker; `undefined` if a computing cell keeps it from answering in time. */
  ask(question: Question): Promise<JsonObject | undefined>;
  answerPrompt(text: string): void;
  interrupt(): void;
  close(): void;
}

/** An execute request, with the number it got; a result's text is told to `onResult`. */
export interface RunningCell {
  readonly request: Message;
  readonly count: number;
  readonly isSilent: boolean;
  readonly onResult: (data: JsonObject) => void;
}

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
export type Question = WithoutId<Exclude<CellRequest, { kind: "execute" | "interrupt" }>>;

/** How long an interrupted cell may take to end before its process is ended for it. */
const GRACE_MILLISECONDS = 2000;
/** How long a question may wait for a cell that computes. */
const QUESTION_MILLISECONDS = 1500;
/** How many past cells are remembered as the place of output that comes late. */
const REMEMBERED_CELLS = 1000;

/** The mutable state of a runner. */
interface State {
  process: CellProcess | undefined;
  isReady: boolean;
  isClosed: boolean;
  running: (RunningCell & { finish: (outcome: CellOutcome) => void }) | undefined;
  graceTimer: NodeJS.Timeout | undefined;
  wasForced: boolean;
  isPrompting: boolean;
  lastRequest: Message | undefined;
  questionCount: number;
  readonly past: Map<string, RunningCell>;
  readonly questions: Map<string, (content: JsonObject) => void>;
}

function remember(state: State, cell: RunningCell): void {
  state.past.set(cell.request.header.msg_id, cell);
  state.lastRequest = cell.request;
  if (state.past.size <= REMEMBERED_CELLS) return;
  for (const oldest of state.past.keys()) {
    state.past.delete(oldest);
    return;
  }
}

/** What a client calls its expressions, and their code. */
function textsOf(expressions: unknown): Record<string, string> {
  const named = Object.entries(membersOf<Record<string, unknown>>(expressions));
  return Object.fromEntries(named.map(([name, code]) => [name, String(code)]));
}

function finishCell(state: State, outcome: CellOutcome): void {
  const running = state.running;
  clearTimeout(state.graceTimer);
  state.graceTimer = undefined;
  state.isPrompting = false;
  state.running = undefined;
  running?.finish(outcome);
}

/** Publishes what an event of a cell shows. */
function showEvent(event: CellEvent, cell: RunningCell, outputs: Outputs): void {
  if (cell.isSilent) return;
  const { request } = cell;
  switch (event.kind) {
    case "stream":
      return outputs.stream(event.name, event.text, request);
    case "display": {
      const transient = event.displayId === undefined ? {} : { display_id: event.displayId };
      const type = event.isUpdate ? "update_display_data" : "display_data";
      return outputs.publish(
        type,
        { data: event.data, metadata: event.metadata, transient },
        request,
      );
    }
    case "result": {
      const content = { execution_count: cell.count, data: event.data, metadata: {} };
      cell.onResult(event.data);
      return outputs.publish("execute_result", content, request);
    }
    case "clear":
      return outputs.publish("clear_output", { wait: event.wait }, request);
    case "ready":
    case "answered":
    case "executed":
    case "prompt":
      return;
    default:
      // A kind that is not ours was written by the cell itself: it ends nothing here.
      return;
  }
}

/** What a runner says besides outputs of cells. */
export interface RunnerExits {
  /** Asks the client for the user's answer to a prompt. */
  prompt(content: JsonObject, request: Message): void;
  log(text: string): void;
}

/** A runner whose cell process is started at once. */
export function createCellRunner(outputs: Outputs, exits: RunnerExits): CellRunner {
  const state: State = {
    process: undefined,
    isReady: false,
    isClosed: false,
    running: undefined,
    graceTimer: undefined,
    wasForced: false,
    isPrompting: false,
    lastRequest: undefined,
    questionCount: 0,
    past: new Map(),
    questions: new Map(),
  };

  const receive = (event: CellEvent): void => {
    if (event.kind === "ready") {
      state.isReady = true;
    } else if (event.kind === "answered") {
      state.questions.get(event.id)?.(event.content);
    } else if (event.kind === "executed") {
      if (state.running?.request.header.msg_id !== event.id) return;
      const { error, payload, userExpressions } = event;
      finishCell(state, { error, payload, userExpressions });
    } else if (event.kind === "prompt") {
      if (state.running === undefined) return state.process?.answer(undefined);
      state.isPrompting = true;
      exits.prompt({ prompt: event.text, password: event.password }, state.running.request);
    } else {
      const cell = state.past.get(event.id);
      if (cell !== undefined) showEvent(event, cell, outputs);
    }
  };

  const ended = (end: CellProcessEnd): void => {
    const wasReady = state.isReady;
    state.process = undefined;
    state.isReady = false;
    for (const answer of state.questions.values()) answer({ status: "ok" });
    if (state.isClosed) return;
    const error = describeEnd(end, state.wasForced);
    state.wasForced = false;
    if (state.running !== undefined) finishCell(state, { error, payload: [], userExpressions: {} });
    else if (state.lastRequest !== undefined)
      outputs.stream("stderr", error.traceback.join("\n") + "\n", state.lastRequest);
    else exits.log(`${error.evalue}\n${end.lastWords}`);
    // A process that dies before it is ready would die again: it is tried once a cell at most.
    if (wasReady) start();
  };

  const start = (): CellProcess => {
    state.process = startCellProcess({
      event: receive,
      rawOutput: (name, text) => {
        if (state.lastRequest !== undefined) outputs.stream(name, text, state.lastRequest);
      },
      ended,
    });
    return state.process;
  };
  start();

  return {
    run: (cell) =>
      new Promise((resolve) => {
        const { request, count } = cell;
        const { code, silent, allow_stdin, user_expressions } = request.content;
        state.running = { ...cell, finish: resolve };
        remember(state, cell);
        (state.process ?? start()).send({
          kind: "execute",
          id: request.header.msg_id,
          code: String(code),
          count,
          silent: silent === true,
          allowStdin: allow_stdin === true,
          userExpressions: textsOf(user_expressions),
        });
      }),
    ask: (question) => {
      const id = `question ${++state.questionCount}`;
      return new Promise<JsonObject | undefined>((resolve) => {
        const settle = (content: JsonObject | undefined): void => {
          clearTimeout(timer);
          state.questions.delete(id);
          resolve(content);
        };
        // Before the first cell the process may still be loading, which is worth the wait.
        const limit = state.isReady ? QUESTION_MILLISECONDS : 10 * QUESTION_MILLISECONDS;
        const timer = setTimeout(() => settle(undefined), limit);
        state.questions.set(id, settle);
        (state.process ?? start()).send({ ...question, id });
      });
    },
    answerPrompt: (text) => {
      if (!state.isPrompting) return;
      state.isPrompting = false;
      state.process?.answer(text);
    },
    interrupt: () => {
      if (state.isPrompting) state.process?.answer(undefined);
      state.isPrompting = false;
      // What the last cell left in the background is ended, too.
      if (state.lastRequest !== undefined)
        state.process?.send({ kind: "interrupt", id: state.lastRequest.header.msg_id });
      if (state.running === undefined) return;
      state.graceTimer ??= setTimeout(() => {
        state.wasForced = true;
        state.process?.kill();
      }, GRACE_MILLISECONDS);
    },
    close: () => {
      state.isClosed = true;
      state.process?.kill();
    },
  };
}
