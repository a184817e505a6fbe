/** What a thread that draws is asked for, one request after another. */
export type DrawRequest =
  /** A figure, as JSON, as a picture; `name` begins its ids. */
  | { readonly kind: "draw"; readonly figure: string; readonly name: string }
  /** A picture as a file for print. */
  | ({ readonly kind: "print"; readonly svg: string } & PrintForm);

/** Dots an inch are of PNG alone: PDF keeps lines and letters. */
export type PrintForm =
  { readonly format: "pdf" } | { readonly format: "png"; readonly dotsPerInch: number };

/** What it answers; `ready` comes once, when it can draw. */
export type DrawReply =
  | { readonly kind: "ready" }
  | { readonly kind: "drawn"; readonly svg: string }
  | { readonly kind: "printed"; readonly bytes: Uint8Array }
  | { readonly kind: "failed"; readonly message: string };
