import fc from "fast-check";
import { ProtocolError, Reader, Writer } from "./index";

function hex(write: (writer: Writer) => void): string {
  const writer = new Writer();
  write(writer);
  return Buffer.from(writer.toBytes()).toString("hex");
}

const from = (text: string): Reader => new Reader(Buffer.from(text, "hex"));

describe("numbers", () => {
  it("writes varints as LEB128", () => {
    expect(hex((w) => w.uvarint(0))).toBe("00");
    expect(hex((w) => w.uvarint(300))).toBe("ac02");
    expect(hex((w) => w.uvarint(0xffff_ffff))).toBe("ffffffff0f");
    expect(hex((w) => w.varint(-1))).toBe("01");
    expect(hex((w) => w.varint(-0x8000_0000))).toBe("ffffffff0f");
    expect(hex((w) => w.varlong(Number.MAX_SAFE_INTEGER))).toBe("feffffffffffff1f");
  });

  it("refuses varints that are too long", () => {
    expect(() => from("ffffffff1f").uvarint()).toThrow("varint longer than 32 bits");
    expect(() => from("808080808000").uvarint()).toThrow("varint longer than 32 bits");
    expect(() => from("ffffffffffffffffffff01").varlong()).toThrow("varint longer than 64 bits");
    expect(() => from("feffffffffffffff7f").varlong()).toThrow("64-bit varint out of range");
  });

  it("refuses 64-bit integers beyond 2^53 - 1, both ways", () => {
    expect(from("001fffffffffffff").int64()).toBe(Number.MAX_SAFE_INTEGER);
    expect(from("ffe0000000000001").int64()).toBe(Number.MIN_SAFE_INTEGER);
    for (const bytes of ["0020000000000000", "ffe0000000000000", "7fffffffffffffff", "8000000000000000"]) {
      expect(() => from(bytes).int64()).toThrow("64-bit integer beyond 2^53 - 1");
    }
    for (const value of [2 ** 53, -(2 ** 53), 1.5, NaN, Infinity]) {
      expect(() => new Writer().int64(value)).toThrow(ProtocolError);
    }
  });

  it("lets the largest 64-bit integer stand for none where a field says so", () => {
    expect(from("7fffffffffffffff").int64OrMax()).toBe(Number.MAX_SAFE_INTEGER);
    expect(hex((w) => w.int64OrMax(Number.MAX_SAFE_INTEGER))).toBe("7fffffffffffffff");
    expect(from("0000000000000005").int64OrMax()).toBe(5);
  });

  it("round-trips", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer(),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        (long, int, unsigned) => {
          const writer = new Writer();
          writer.int64(long);
          writer.varlong(long);
          writer.varint(int);
          writer.uvarint(unsigned);
          writer.uint32(unsigned);
          const reader = new Reader(writer.toBytes());
          expect([reader.int64(), reader.varlong(), reader.varint(), reader.uvarint(), reader.uint32()]).toEqual([
            long,
            long,
            int,
            unsigned,
            unsigned,
          ]);
        },
      ),
    );
  });
});

describe("strings and ids", () => {
  it("round-trips text of any length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const writer = new Writer(16);
        writer.string(text);
        writer.compactNullableString(text);
        const reader = new Reader(writer.toBytes());
        expect(reader.string()).toBe(text);
        expect(reader.compactNullableString()).toBe(text);
      }),
    );
  });

  it("refuses strings that no reader would take", () => {
    expect(() => new Writer().string("x".repeat(32768))).toThrow("string of 32768 bytes");
    expect(() => from("fffe").nullableString()).toThrow("negative string length -2");
    expect(() => from("ffff").string()).toThrow("string must not be null");
    expect(() => from("00").compactBytes()).toThrow("bytes must not be null");
  });

  it("writes uuids from their 22 characters and refuses anything else", () => {
    expect(hex((w) => w.uuid("AAAAAAAAAAAAAAAAAAAAAQ"))).toBe("00000000000000000000000000000001");
    expect(from("00000000000000000000000000000001").uuid()).toBe("AAAAAAAAAAAAAAAAAAAAAQ");
    expect(() => new Writer().uuid("too short")).toThrow('not a uuid: "too short"');
    expect(() => new Writer().uuid("AAAAAAAAAAAAAAAAAAAAA!")).toThrow("not a uuid");
  });
});

describe("bytes", () => {
  const large = Buffer.alloc(5000, 7);

  it("hands large fields on without a copy, and small ones in line", () => {
    const writer = new Writer();
    writer.int8(1);
    writer.bytes(large);
    writer.bytes(Buffer.from([1, 2]));
    expect(writer.length).toBe(1 + 4 + 5000 + 4 + 2);
    const chunks = writer.chunks();
    expect(chunks.map((chunk) => chunk.length)).toEqual([5, 5000, 6]);
    expect(chunks[1]).toBe(large);
  });

  it("writes a field that comes in pieces under one length", () => {
    const writer = new Writer();
    writer.compactBytes([Buffer.from("ab"), large, Buffer.from("c")]);
    const reader = new Reader(writer.toBytes());
    expect(Buffer.compare(reader.compactBytes(), Buffer.concat([Buffer.from("ab"), large, Buffer.from("c")]))).toBe(0);
  });

  it("reads views of the frame", () => {
    const frame = Buffer.from("00000002aabb", "hex");
    const view = new Reader(frame).bytes();
    frame[4] = 0xcc;
    expect(view[0]).toBe(0xcc);
  });

  it.each([0, 100, 127, 128, 5000, 16383, 16384, 70000])(
    "puts the size of %i bytes in front of a tagged field",
    (size) => {
      const writer = new Writer(16);
      writer.raw(large);
      writer.int8(5);
      const mark = writer.beginTag(3);
      writer.raw(Buffer.alloc(size, 9));
      writer.endTag(mark);
      writer.int8(6);
      const reader = new Reader(writer.toBytes());
      reader.view(large.length + 1);
      const field = reader.unknownTag(reader.tag(-1));
      expect(field.tag).toBe(3);
      expect(Buffer.compare(field.data, Buffer.alloc(size, 9))).toBe(0);
      expect(reader.int8()).toBe(6);
    },
  );

  it("refuses tags out of order and tagged fields of a wrong size", () => {
    expect(() => from("0205000500").unknownTags()).toThrow("tag 5 after tag 5");
    const reader = from("0500");
    const end = reader.beginTag.bind(reader);
    expect(() => end()).toThrow("tagged field of 5 bytes, 1 left");
  });
});
