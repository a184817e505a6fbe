/**
 * Lets Node require TypeScript: `node -r ./bench/kernel/register.js bench/kernel/kernel.bench.ts`.
 */
const { readFileSync } = require("node:fs");
const ts = require("typescript");

require.extensions[".ts"] = (module, file) => {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  module._compile(
    ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions }).outputText,
    file,
  );
};
