import type { JsonObject } from "./message";

/**
 * What the server and the cell process say to each other: one JSON object a line.
 * Requests go down file descriptor 3, events come up descriptor 4, answers to `prompt` go down 5.
 */
export const DESCRIPTORS = { requests: 3, events: 4, answers: 5 } as const;

/** A MIME bundle: representations of one value, by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** An error as the protocol wants it: the traceback's lines may carry ANSI colours. */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What the server asks of the cell process. */
export type CellRequest =
  | {
      readonly kind: "execute";
      readonly id: string;
      readonly code: string;
      /** The number the cell carries in its stack traces. */
      readonly count: number;
      readonly silent: boolean;
      readonly allowStdin: boolean;
      readonly userExpressions: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "complete";
      readonly id: string;
      readonly code: string;
      readonly cursor: number;
    }
  | {
      readonly kind: "inspect";
      readonly id: string;
      readonly code: string;
      readonly cursor: number;
    }
  | { readonly kind: "isComplete"; readonly id: string; readonly code: string }
  /** Forgets what all cells have declared, and answers whether they left nothing at work. */
  | { readonly kind: "forget"; readonly id: string }
  /** Ends the cell where it waits or computes, and what it has started. */
  | { readonly kind: "interrupt"; readonly id: string };

/** What the cell process tells the server. `id` names the request that it belongs to. */
export type CellEvent =
  | { readonly kind: "ready" }
  | {
      readonly kind: "stream";
      readonly id: string;
      readonly name: StreamName;
      readonly text: string;
    }
  | {
      readonly kind: "display";
      readonly id: string;
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
      readonly displayId?: string;
      readonly isUpdate: boolean;
    }
  | { readonly kind: "result"; readonly id: string; readonly data: MimeBundle }
  | { readonly kind: "clear"; readonly id: string; readonly wait: boolean }
  | {
      readonly kind: "prompt";
      readonly id: string;
      readonly text: string;
      readonly password: boolean;
    }
  | {
      readonly kind: "executed";
      readonly id: string;
      readonly error?: ErrorContent;
      readonly payload: readonly JsonObject[];
      readonly userExpressions: JsonObject;
    }
  | { readonly kind: "answered"; readonly id: string; readonly content: JsonObject };

export type StreamName = "stdout" | "stderr";

/** What the user typed, or that no answer will come. */
export type PromptAnswer =
  { readonly kind: "typed"; readonly text: string } | { readonly kind: "cancelled" };
