/** What of markdown-it the reports use; the package brings no types. */
declare module "markdown-it" {
  interface Options {
    readonly html?: boolean;
    readonly linkify?: boolean;
    readonly typographer?: boolean;
  }
  export default class MarkdownIt {
    constructor(options?: Options);
    render(text: string): string;
  }
}
