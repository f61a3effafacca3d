import { CompressionError } from "./compression-error";

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const BLOCK_MAX = 128 * 1024;

export interface ZstdFraming {
  /** The most that the data can become. */
  bytesMax: number;
  /** One frame and nothing else, as clients write it. */
  single: boolean;
}

/**
 * How much zstd data can become at most, from frame and block headers alone: the content size where the frame states it,
 * else 128 KB a compressed block. Clients that stream (Java) don't state it, so this is what sizes the output, and a few
 * hostile bytes cannot claim much. Throws CompressionError where the framing is broken. Source: RFC 8878.
 */
export function zstdFraming(bytes: Uint8Array): ZstdFraming {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const need = (at: number, count: number): void => {
    if (bytes.length - at < count) throw new CompressionError("zstd: the frame ends early");
  };
  let total = 0;
  let parts = 0;
  let at = 0;
  if (bytes.length === 0) throw new CompressionError("zstd: no frame");
  while (at < bytes.length) {
    need(at, 5);
    parts++;
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      need(at, 8);
      const size = view.getUint32(at + 4, true);
      need(at + 8, size);
      at += 8 + size;
      continue;
    }
    if (magic !== FRAME_MAGIC) throw new CompressionError(`zstd: no frame at byte ${at}`);
    const descriptor = bytes[at + 4]!;
    const singleSegment = (descriptor & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
    const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
    at += 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
    need(at, sizeBytes);
    const stated = contentSize(view, at, sizeBytes);
    at += sizeBytes;

    let bound = 0;
    for (let last = false; !last;) {
      need(at, 3);
      const header = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
      at += 3;
      last = (header & 1) === 1;
      const type = (header >> 1) & 3;
      const size = header >> 3;
      if (type === 3 || size > BLOCK_MAX) throw new CompressionError("zstd: a block of a reserved type or size");
      const inFrame = type === 1 ? 1 : size;
      need(at, inFrame);
      at += inFrame;
      bound += type === 2 ? BLOCK_MAX : size;
    }
    if (descriptor & 4) {
      need(at, 4);
      at += 4;
    }
    total += stated === undefined ? bound : Math.min(stated, bound);
  }
  return { bytesMax: total, single: parts === 1 };
}

function contentSize(view: DataView, at: number, sizeBytes: number): number | undefined {
  switch (sizeBytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
    default:
      return undefined;
  }
}
