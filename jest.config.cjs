/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/libs", "<rootDir>/apps", "<rootDir>/tools"],
  testMatch: ["**/*.spec.ts", "**/*.spec.mjs"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/dist/"],
  transform: {
    "^.+\\.(ts|mjs)$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  moduleFileExtensions: ["ts", "js", "mjs", "json", "node"],
  testEnvironment: "node",
  testEnvironmentOptions: { customExportConditions: ["@moldau/source", "node", "node-addons"] },
  reporters: ["default", "<rootDir>/tools/workspace/jest-summary-reporter.cjs"],
  maxWorkers: 2,
  testTimeout: 30_000,
};
