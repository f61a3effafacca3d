import { growingPercent, ROOM_BYTES } from "./collect-seldom";

describe("room for buffers between full collections", () => {
  it("is the same whatever a small heap takes, and V8's own choice for a large one", () => {
    for (const heap of [4, 12, 30, 50]) {
      const bytes = heap * 1024 * 1024;
      expect(((growingPercent(bytes) / 100) * bytes) / ROOM_BYTES).toBeCloseTo(1, 1);
    }
    expect(growingPercent(ROOM_BYTES)).toBe(0);
    expect(growingPercent(4 * ROOM_BYTES)).toBe(0);
    expect(growingPercent(0)).toBeLessThanOrEqual(6_400);
  });
});
