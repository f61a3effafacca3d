import { BufferPool } from "./buffer-pool";

describe("a pool of buffers", () => {
  it("lends what was given back, whatever view of it comes back", () => {
    const pool = new BufferPool(1_000_000);
    const first = pool.take(5000);
    expect(first.length).toBe(8192);
    pool.give(first.subarray(10, 4000));
    expect(pool.idleBytes).toBe(8192);
    expect(pool.take(8192).buffer).toBe(first.buffer);
    expect(pool.take(8192).buffer).not.toBe(first.buffer);
    expect(pool.idleBytes).toBe(0);
  });

  it("leaves alone what is not its own, and what is too large to keep", () => {
    const pool = new BufferPool(1_000_000);
    pool.give(new Uint8Array(8192));
    const large = pool.take(5_000_000);
    expect(large.length).toBe(5_000_000);
    pool.give(large);
    expect(pool.idleBytes).toBe(0);
  });

  it("never gives one buffer to two", () => {
    const pool = new BufferPool(1_000_000);
    const buffer = pool.take(4096);
    pool.give(buffer);
    expect(() => pool.give(buffer)).toThrow("twice");
  });

  it("keeps no more than its limit, and less and less while nobody takes", () => {
    const pool = new BufferPool(64 * 1024);
    const buffers = Array.from({ length: 32 }, () => pool.take(4096));
    for (const buffer of buffers) pool.give(buffer);
    expect(pool.idleBytes).toBe(64 * 1024);
    pool.shrink();
    expect(pool.idleBytes).toBe(32 * 1024);
    for (let i = 0; i < 5; i++) pool.shrink();
    expect(pool.idleBytes).toBe(0);
  });
});
