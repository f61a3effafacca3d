// Standard input into a topic: reads no faster than the cluster acknowledges, remembers little, counts everything.
import { KafkaError } from "@moldau/base";
import type { OutgoingRecord } from "@moldau/client";
import { describeError, hasCode } from "./errors";

export interface LineOptions {
  /** Splits key from value at its first occurrence; a line without it is all value. */
  keyDelimiter?: Uint8Array;
  /** Of records whose line has no key. */
  key?: Uint8Array;
  /** An empty value, or an empty key before the delimiter, is null. */
  emptyIsNull?: boolean;
}

/** Key and value of a line, as views of it. Source: kcat -K, -k and -Z. */
export function keyAndValue(line: Uint8Array, options: LineOptions): Pick<OutgoingRecord, "key" | "value"> {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  const orNull = (part: Uint8Array): Uint8Array | null => (options.emptyIsNull && part.length === 0 ? null : part);
  const at = options.keyDelimiter ? bytes.indexOf(options.keyDelimiter) : -1;
  if (!options.keyDelimiter || at < 0) return { key: options.key ?? null, value: orNull(bytes) };
  return {
    key: orNull(bytes.subarray(0, at)) ?? options.key ?? null,
    value: orNull(bytes.subarray(at + options.keyDelimiter.length)),
  };
}

export interface ProduceOutcome {
  acknowledged: number;
  failed: number;
  /** Of values and keys that were acknowledged. */
  bytes: number;
  /** The first failure, with its line; the others are only counted. */
  failure?: { line: number; reason: string };
}

export interface ProduceRun {
  lines: AsyncIterable<Uint8Array>;
  recordOf(line: Uint8Array): OutgoingRecord;
  send(record: OutgoingRecord): Promise<unknown>;
  flush(): Promise<void>;
  /** Stop after so many records. */
  count?: number;
  /** Records that count together: after so many, once all are acknowledged, `end` is waited for. One that fails ends the reading. */
  batch?: { records: number; end(soFar: ProduceOutcome): Promise<void> };
  /** What may be under way; the reader waits above it. */
  inFlightBytesMax?: number;
  inFlightRecordsMax?: number;
  /** Records and input bytes handed over so far. */
  onProgress?(records: number, inputBytes: number): void;
}

/** A failure of these is the record's own: the next one may well succeed. After any other, reading stops. */
const recordFailures = [
  KafkaError.MESSAGE_TOO_LARGE,
  KafkaError.RECORD_LIST_TOO_LARGE,
  KafkaError.INVALID_RECORD,
  KafkaError.INVALID_TIMESTAMP,
];

/** Resolves when every record that was read is acknowledged or has failed; rejects only where reading itself fails. */
export async function produceLines(run: ProduceRun): Promise<ProduceOutcome> {
  const { inFlightBytesMax = 16 << 20, inFlightRecordsMax = 20_000, count = Infinity } = run;
  const outcome: ProduceOutcome = { acknowledged: 0, failed: 0, bytes: 0 };
  let flightRecords = 0;
  let flightBytes = 0;
  let stopped = false;
  let wake: (() => void) | undefined;
  const full = (): boolean => flightRecords >= inFlightRecordsMax || flightBytes >= inFlightBytesMax;
  const settled = (size: number): void => {
    flightRecords--;
    flightBytes -= size;
    if (wake && (stopped || !full() || flightRecords === 0)) wake();
  };
  const changed = async (): Promise<void> => {
    await new Promise<void>((resolve) => (wake = resolve));
    wake = undefined;
  };

  let read = 0;
  let inputBytes = 0;
  let trouble: { error: unknown } | undefined;
  try {
    for await (const line of count > 0 ? run.lines : []) {
      const number = ++read;
      const record = run.recordOf(line);
      const size = line.length + 100;
      flightRecords++;
      flightBytes += size;
      run.send(record).then(
        () => {
          outcome.acknowledged++;
          outcome.bytes += line.length;
          settled(size);
        },
        (error: unknown) => {
          outcome.failed++;
          if (!outcome.failure || number < outcome.failure.line) {
            outcome.failure = { line: number, reason: describeError(error) };
          }
          if (run.batch !== undefined || !hasCode(error, ...recordFailures)) stopped = true;
          settled(size);
        },
      );
      inputBytes += line.length + 1;
      if ((number & 0xff) === 0) run.onProgress?.(number, inputBytes);
      while (full() && !stopped) await changed();
      if (run.batch !== undefined && number % run.batch.records === 0) {
        await run.flush().catch(() => undefined);
        while (flightRecords > 0) await changed();
        if (!stopped) await run.batch.end(outcome);
      }
      if (stopped || number >= count) break;
    }
  } catch (error) {
    // What was handed over before is still counted.
    trouble = { error };
  }
  // A record's failure is reported by its own send.
  await run.flush().catch(() => undefined);
  while (flightRecords > 0) await changed();
  if (trouble) throw trouble.error;
  return outcome;
}

/** Ends with the input or with the signal, whichever comes first. */
export async function* untilAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  // Not Promise.race with one promise of the abortion: that promise would keep every chunk that ever won.
  let stop: (() => void) | undefined;
  const abort = (): void => stop?.();
  signal.addEventListener("abort", abort, { once: true });
  try {
    while (!signal.aborted) {
      const next = await new Promise<IteratorResult<Uint8Array> | undefined>((resolve, reject) => {
        stop = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
