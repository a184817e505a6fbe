import { ArgumentError } from "../../../src/errors";
import { refuseOtherLanguage } from "../../../kernel/execute/notebookLanguage";

const refuse = (metadata: Record<string, unknown>) => () =>
  refuseOtherLanguage({ metadata, cells: [] }, "book.ipynb");

describe("refuseOtherLanguage", () => {
  test.each([
    [{}],
    [{ kernelspec: { name: "roundlab", language: "typescript" } }],
    [{ kernelspec: { name: "tslab", language: "TypeScript" } }],
    [{ kernelspec: { name: "roundlab" } }],
    [{ language_info: { name: "typescript" } }],
    // The kernel was changed since the notebook ran last.
    [
      {
        kernelspec: { name: "roundlab", language: "typescript" },
        language_info: { name: "python" },
      },
    ],
    [{ kernelspec: null }],
  ])("lets %j pass", (metadata) => {
    expect(refuse(metadata)).not.toThrow();
  });

  test.each([
    [{ kernelspec: { name: "python3", language: "python" } }, /is for python \(kernel python3\)/],
    [{ kernelspec: { name: "python3" } }, /is for the kernel python3, without naming a language/],
    [{ language_info: { name: "julia" } }, /is for julia, expected typescript/],
    [{ kernelspec: { name: "jslab", language: "javascript" } }, /is for javascript/],
    [{ kernelspec: { name: "ir", language: "R\u001b[31m" } }, /is for "R\\u\{1b\}\[31m"/],
  ])("refuses %j, says what it found and how to run it all the same", (metadata, message) => {
    expect(refuse(metadata)).toThrow(ArgumentError);
    expect(refuse(metadata)).toThrow(message);
    expect(refuse(metadata)).toThrow(/--force/);
  });
});
