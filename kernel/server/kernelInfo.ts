import { PROTOCOL_VERSION, type JsonObject } from "../protocol/message";

/**
 * The content of a `kernel_info_reply`.
 *
 * @param version  the package's version
 * @param languageVersion  the version of the compiler that checks cells
 */
export function createKernelInfo(version: string, languageVersion: string): JsonObject {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "roundlab",
    implementation_version: version,
    banner: `RoundLab ${version}: TypeScript ${languageVersion} on Node ${process.versions.node}`,
    language_info: {
      name: "typescript",
      version: languageVersion,
      mimetype: "application/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // CodeMirror 5 (classic Notebook) knows TypeScript as a flavour of its JavaScript mode.
      codemirror_mode: { name: "javascript", typescript: true, mode: "typescript" },
      nbconvert_exporter: "script",
    },
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      { text: "Node.js API", url: "https://nodejs.org/docs/latest-v20.x/api/" },
    ],
    debugger: false,
  };
}
