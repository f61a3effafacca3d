import nx from "@nx/eslint-plugin";
import { readFileSync } from "node:fs";
import tseslint from "typescript-eslint";
import { spreadLast } from "./tools/workspace/spread-last.mjs";

// Who may import whom comes from one table; see tools/workspace/rooms.json.
const rooms = Object.entries(
  JSON.parse(readFileSync(new URL("./tools/workspace/rooms.json", import.meta.url), "utf8")),
).filter(([path]) => !path.startsWith("$"));
const nameOf = (path) => (path.startsWith("libs/") ? path.slice(5).replaceAll("/", "-") : `app-${path.slice(5)}`);
const pure = rooms.filter(([, room]) => room.pure).map(([path]) => path);

export default tseslint.config(
  {
    ignores: ["**/dist/**", "**/node_modules/**", "**/generated/**", ".nx/**", "data/**", "tools/conformance/.work/**"],
  },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { project: ["./tsconfig.spec.json"], tsconfigRootDir: import.meta.dirname } },
    plugins: { "@nx": nx },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@nx/enforce-module-boundaries": [
        "error",
        {
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: true,
          // The codecs' tests run the generator that wrote them.
          allow: ["^(\\.\\./)+tools/protocol/"],
          depConstraints: rooms.map(([path, room]) => ({
            sourceTag: `room:${nameOf(path)}`,
            onlyDependOnLibsWithTags: [nameOf(path), ...room.imports].map((name) => `room:${name}`),
          })),
        },
      ],
    },
  },
  {
    // The way of a produce and a fetch request through a process: nothing here may cost the collector more than it has to.
    files: [
      "libs/{net,rpc,protocol,record-batch,partition,raft}/src/**/*.ts",
      "libs/segment-store/src/{log-reader,log-reads,log-writer,tail-cache}.ts",
      "libs/roles/broker/src/{append,read,read-wait,fetch-loop,hosted-partition}.ts",
      "libs/roles/gateway/src/{call,dispatch,fetch-sessions,forward,gateway-role,routes}.ts",
      "libs/roles/gateway/src/apis/{00-produce,01-fetch}.ts",
    ],
    ignores: ["**/*.spec.ts", "**/testing/**"],
    plugins: { moldau: { rules: { "spread-last": spreadLast } } },
    rules: { "moldau/spread-last": "error" },
  },
  {
    // Cores decide: no I/O, clock, randomness or waiting. The compiler (no node types) and these rules say so.
    files: pure.map((path) => `${path}/src/**/*.ts`),
    ignores: ["**/*.spec.ts", "**/testing/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["node:*", "@grpc/*", "pino", "@opentelemetry/*"] }],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "A core takes nowMs as an argument." },
        { object: "Math", property: "random", message: "A core takes its random numbers as arguments." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "AwaitExpression", message: "A core never waits." },
        { selector: "NewExpression[callee.name='Date']", message: "A core takes nowMs as an argument." },
      ],
    },
  },
);
