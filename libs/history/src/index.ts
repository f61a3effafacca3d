export * from "./events";
export { check, checkers, violationsOf } from "./check";
export { invariants, type Checker, type Invariant, type Verdict, type Violation } from "./findings";
export { History, type PartitionHistory } from "./history";
export { fromLines, merge, toLine } from "./json-lines";
