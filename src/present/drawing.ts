/** What a thread that draws is asked for: one figure, as JSON. */
export interface DrawRequest {
  readonly figure: string;
  /** Begins the ids of the picture. */
  readonly name: string;
}

/** What it answers, one request after another; `ready` comes once, when it can draw. */
export type DrawReply =
  | { readonly kind: "ready" }
  | { readonly kind: "drawn"; readonly svg: string }
  | { readonly kind: "failed"; readonly message: string };
