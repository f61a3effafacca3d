import {
  messageJson,
  readKRaftVersionRecord,
  readLeaderChangeMessage,
  readSnapshotFooterRecord,
  readSnapshotHeaderRecord,
  readVotersRecord,
  Reader,
  recordShapes,
} from "@moldau/protocol";
import { CorruptBatchError } from "@moldau/record-batch";

/** Kafka's ControlRecordType. */
const Type = { abort: 0, commit: 1, leaderChange: 2, header: 3, footer: 4, kraftVersion: 5, voters: 6 } as const;

/** What a control record says, as it follows the record's metadata. @throws CorruptBatchError for what is none */
export function controlRecordText(key: Uint8Array | null, value: Uint8Array | null): string {
  if (key === null || key.length < 4) {
    throw new CorruptBatchError(`a control record's key has 4 bytes, this one ${key?.length ?? 0}`);
  }
  const type = Buffer.from(key.buffer, key.byteOffset, key.length).readInt16BE(2);
  const bytes = value ?? new Uint8Array(0);
  switch (type) {
    case Type.abort:
    case Type.commit: {
      if (bytes.length < 6) throw new CorruptBatchError(`a transaction marker has 6 bytes, this one ${bytes.length}`);
      const epoch = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readInt32BE(2);
      return ` endTxnMarker: ${type === Type.commit ? "COMMIT" : "ABORT"} coordinatorEpoch: ${epoch}`;
    }
    case Type.leaderChange: {
      // The version stands in the message itself, and there is no other in front of it.
      const version = bytes.length >= 2 ? new Reader(bytes).int16() : 0;
      const message = readLeaderChangeMessage(new Reader(bytes), version);
      return ` LeaderChange: ${messageJson(recordShapes.LeaderChangeMessage, message, version)}`;
    }
    case Type.header: {
      const message = readSnapshotHeaderRecord(new Reader(bytes), 0);
      return ` SnapshotHeader ${messageJson(recordShapes.SnapshotHeaderRecord, message, message.version)}`;
    }
    case Type.footer: {
      const message = readSnapshotFooterRecord(new Reader(bytes), 0);
      return ` SnapshotFooter ${messageJson(recordShapes.SnapshotFooterRecord, message, message.version)}`;
    }
    case Type.kraftVersion: {
      const message = readKRaftVersionRecord(new Reader(bytes), 0);
      return ` KRaftVersion ${messageJson(recordShapes.KRaftVersionRecord, message, message.version)}`;
    }
    case Type.voters: {
      const message = readVotersRecord(new Reader(bytes), 0);
      return ` KRaftVoters ${messageJson(recordShapes.VotersRecord, message, message.version)}`;
    }
    default:
      return ` controlType: UNKNOWN(${type})`;
  }
}
