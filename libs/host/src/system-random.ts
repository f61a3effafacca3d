import { randomFillSync } from "node:crypto";
import type { Random } from "@moldau/base";

const BYTES = 6;
const AT_ONCE = 512;

/** Numbers in [0, 1) that nobody can guess. The system is asked for many at once: one by one costs more than most of who asks. */
export function systemRandom(): Random {
  const drawn = Buffer.alloc(BYTES * AT_ONCE);
  let at = drawn.length;
  return {
    next() {
      if (at === drawn.length) {
        randomFillSync(drawn);
        at = 0;
      }
      const number = drawn.readUIntBE(at, BYTES);
      at += BYTES;
      return number / 2 ** (8 * BYTES);
    },
  };
}
