const base = require("./eslint.config.js");
const noOtherKind = require("./scripts/lint/noOtherKind.js");

/**
 * What `npm run lint` checks: the quick rules, and those that need the types of the whole project.
 * Docs: docs/decisions/056-lint.md.
 */
module.exports = [
  ...base,
  {
    files: ["**/*.ts"],
    // AssemblyScript has a compiler and types of its own.
    ignores: ["assembly/**"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unnecessary-type-assertion": "error",
      // A new member of a union must be thought of everywhere: `default` does not stand for it.
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: false },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "kernel/**/*.ts"],
    plugins: { types: { rules: { "no-other-kind": noOtherKind } } },
    rules: { "types/no-other-kind": "error" },
  },
];
