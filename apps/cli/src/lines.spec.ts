import fc from "fast-check";
import { splitLines } from "./lines";

async function* inChunks(input: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < input.length; i++) {
    const size = sizes.length > 0 ? sizes[i % sizes.length]! : input.length;
    yield input.subarray(at, (at += size));
  }
}

async function split(
  input: Buffer,
  delimiter: string,
  sizes: readonly number[] = [],
  maxBytes?: number,
): Promise<Buffer[]> {
  const lines: Buffer[] = [];
  for await (const line of splitLines(inChunks(input, sizes), Buffer.from(delimiter), { maxBytes })) {
    lines.push(Buffer.from(line));
  }
  return lines;
}

/** What splitting means, said simply. */
function expected(input: Buffer, delimiter: string): string[] {
  const parts = input.toString("latin1").split(delimiter);
  if (parts.at(-1) === "") parts.pop();
  return parts;
}

it("splits any bytes at any delimiter wherever the chunks end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(..."ab\n\r\0ÿ"), { maxLength: 60 }),
      fc.constantFrom("\n", "\r\n", "ab", "aba"),
      fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
      async (characters, delimiter, sizes) => {
        const input = Buffer.from(characters.join(""), "latin1");
        const lines = await split(input, delimiter, sizes);
        expect(lines.map((line) => line.toString("latin1"))).toEqual(expected(input, delimiter));
      },
    ),
    { numRuns: 500 },
  );
});

it("keeps empty lines, and takes a last line without its end", async () => {
  expect((await split(Buffer.from("a\n\nb"), "\n")).map(String)).toEqual(["a", "", "b"]);
  expect((await split(Buffer.from("\n"), "\n")).map(String)).toEqual([""]);
  expect(await split(Buffer.from(""), "\n")).toEqual([]);
});

it("stops at a line that no broker would take instead of growing with it", async () => {
  const input = Buffer.from(`ok\n${"x".repeat(100)}`);
  await expect(split(input, "\n", [10], 50)).rejects.toThrow("line 2 is longer than 50 bytes");
});
