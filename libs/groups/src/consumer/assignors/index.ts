import type { Assignor } from "./assignor";
import { range } from "./range";
import { uniform } from "./uniform";

/** The assignors that `group.consumer.assignors` may name. */
export const assignors: ReadonlyMap<string, Assignor> = new Map([
  ["uniform", uniform],
  ["range", range],
]);
