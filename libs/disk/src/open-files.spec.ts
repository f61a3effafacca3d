import { nodeDisk } from "./node-disk";
import { idleFilesOf } from "./open-files";

const limits = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             96293                96293                processes
Max open files            ${soft.padEnd(20)} 1048576              files
Max locked memory         8388608              8388608              bytes
`;

it.each([
  ["a quarter of what is allowed", "20000", 5_000],
  ["no fewer than a small broker needs", "300", 256],
  ["no more than pays", "1048576", 16_384],
  ["no more than pays without a limit either", "unlimited", 16_384],
])("keeps open %s", (_, soft, expected) => expect(idleFilesOf(limits(soft))).toBe(expected));

it("stays far below any limit where it is not known", () => expect(idleFilesOf("")).toBe(512));

it("asks the system", () => expect(nodeDisk.idleFilesMax!()).toBeGreaterThanOrEqual(256));
