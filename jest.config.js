/** Sources are transpiled file by file; types are checked by `npm run typecheck`. */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { diagnostics: false }] },
  // Under jest a large network is rounded some twenty times slower than by itself.
  testTimeout: 180000,
  // Jest leaves one core idle by default, which on two cores doubles the time.
  maxWorkers: "100%",
};
