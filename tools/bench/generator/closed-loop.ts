// As much as goes: each connection has a number of requests on their way, and sends the next one when one is answered. For the
// peak; its latencies are those of a full queue, and are not reported.
import { closeLanes, type Lane, type LanePlan, openLanes } from "./lanes";
import type { Batch } from "./batches";
import { checkProduced, produceFrame } from "./requests";
import type { Topic } from "./topics";

export interface Limits {
  inFlight: number;
  durationMs: number;
  /** It ends there when that comes first. */
  bytesMax: number;
}

export interface Load {
  seconds: number;
  requests: number;
  payloadBytes: number;
  records: number;
}

/** Writes a batch to all partitions of a topic in turn until time is over or enough was written, and all is answered. */
export async function produceAtPeak(topic: Topic, batch: Batch, plan: LanePlan, limits: Limits): Promise<Load> {
  let give: (error: Error) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (give = reject));
  failure.catch(() => undefined);
  const lanes = await openLanes(topic, batch, { ...plan, onFailure: (error) => give(error) });
  const sent = { batches: 0 };
  const batchesMax = Math.ceil(limits.bytesMax / batch.payloadBytes);
  const startedMs = performance.now();
  const until = startedMs + limits.durationMs;
  const more = () => sent.batches < batchesMax && performance.now() < until;
  let requests = 0;
  const drive = (lane: Lane) =>
    new Promise<void>((resolve, reject) => {
      let next = 0;
      let onTheWay = 0;
      const send = () => {
        const { frame, partitions } = lane.requests[next++ % lane.requests.length]!;
        onTheWay++;
        sent.batches += partitions.length;
        requests++;
        if (lane.acks === 0) lane.connection.tell(frame, answered);
        else lane.connection.request(frame, answered);
      };
      const answered = (answer?: Buffer) => {
        onTheWay--;
        try {
          if (answer !== undefined) checkProduced(answer);
        } catch (error) {
          return reject(error as Error);
        }
        if (more()) return send();
        if (onTheWay > 0) return;
        if (lane.acks !== 0) return resolve();
        // What was not answered was handled when the one behind it is.
        const last = produceFrame(topic.name, lane.requests[0]!.partitions, batch.bytes, 1);
        lane.connection.request(last, () => resolve());
      };
      for (let i = 0; i < limits.inFlight; i++) send();
    });
  try {
    await Promise.race([Promise.all(lanes.map(drive)), failure]);
  } finally {
    closeLanes(lanes);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  const payloadBytes = sent.batches * batch.payloadBytes;
  return { seconds, requests, payloadBytes, records: sent.batches * batch.records };
}
