const js = require("@eslint/js");
const tseslint = require("typescript-eslint");
const constantNames = require("./scripts/lint/constantNames.js");
const reasonForCast = require("./scripts/lint/reasonForCast.js");

module.exports = tseslint.config(
  { ignores: ["node_modules", "dist", "out", "coverage", "bench/results"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    // Directives for rules that need types look unused here; eslint.typed.config.js reports them.
    linterOptions: { reportUnusedDisableDirectives: "off" },
    rules: {
      // Prettier lays out code; long texts of messages stay whole.
      "max-len": ["error", { code: 1000, comments: 100, ignoreUrls: true }],
    },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Pass a seeded RandomSource instead." },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "kernel/**/*.ts"],
    plugins: {
      roundlab: { rules: { "constant-names": constantNames, "reason-for-cast": reasonForCast } },
    },
    rules: { "roundlab/constant-names": "error", "roundlab/reason-for-cast": "error" },
  },
  {
    files: ["*.js", "bench/**/*.js", "bin/*.js", "scripts/**/*.js", "test/**/*.js"],
    languageOptions: {
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
