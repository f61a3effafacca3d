import type { IncomingRecord } from "@moldau/client";
import type { RecordFormat } from "./format-record";
import { envelopeOf } from "./record-envelope";
import type { Output } from "./terminal";

/** Bytes put together before they are written: few system calls, little memory. */
const chunkBytes = 256 << 10;

/** Writes records in a format, a chunk at a time, at the reader's speed. */
export async function writeRecords(
  output: Output,
  records: readonly IncomingRecord[],
  format: RecordFormat,
): Promise<void> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let counted = 0;
  for (const record of records) {
    format(record, pieces);
    for (; counted < pieces.length; counted++) held += pieces[counted]!.length;
    if (held < chunkBytes) continue;
    await output.write(Buffer.concat(pieces));
    if (output.gone.aborted) return;
    [pieces, held, counted] = [[], 0, 0];
  }
  if (held > 0) await output.write(Buffer.concat(pieces));
}

/** One JSON object a line. */
export const jsonFormat: RecordFormat = (record, out) => {
  out.push(Buffer.from(`${JSON.stringify(envelopeOf(record))}\n`));
};

/** One YAML document a record. */
export async function yamlFormat(): Promise<RecordFormat> {
  const { stringify } = await import("yaml");
  return (record, out) => out.push(Buffer.from(`---\n${stringify(envelopeOf(record))}`));
}
