import { packEntry, record, type MetadataRecord, writeMetadataRecord } from "@moldau/metadata";
import {
  NotLeaderError,
  ProposalRefusedError,
  SupersededError,
  type CommittedEntry,
  type LoadedSnapshot,
} from "../quorum";

interface Pending {
  index: number;
  payload: Uint8Array;
  resolve(at: { index: number; epoch: number }): void;
  reject(error: Error): void;
}

/** A quorum that commits when it is told to. */
export class FakeQuorum {
  isActive = true;
  leaderId = 201;
  epoch = 1;
  bytesSinceSnapshot = 0;
  /** The next proposals are refused, one each. */
  refusals = 0;
  readonly pending: Pending[] = [];
  readonly saved: number[] = [];
  private nextIndex = 1;
  private readonly committed: ((entry: CommittedEntry) => void)[] = [];
  private readonly loaded: ((snapshot: LoadedSnapshot) => void)[] = [];

  propose(payload: Uint8Array): Promise<{ index: number; epoch: number }> {
    return new Promise((resolve, reject) => {
      if (!this.isActive) return reject(new NotLeaderError(this.leaderId));
      if (this.refusals > 0) {
        this.refusals--;
        return reject(new ProposalRefusedError("too much waits"));
      }
      this.pending.push({ index: this.nextIndex++, payload, resolve, reject });
    });
  }

  onCommitted(listener: (entry: CommittedEntry) => void): void {
    this.committed.push(listener);
  }
  onSnapshotLoaded(listener: (snapshot: LoadedSnapshot) => void): void {
    this.loaded.push(listener);
  }
  saveSnapshot(index: number): Promise<void> {
    this.saved.push(index);
    this.bytesSinceSnapshot = 0;
    return Promise.resolve();
  }

  /** Commits the oldest proposals. */
  commit(count = this.pending.length): void {
    for (const { index, payload, resolve } of this.pending.splice(0, count)) {
      this.bytesSinceSnapshot += payload.length;
      for (const listener of this.committed) listener({ index, epoch: this.epoch, payload });
      resolve({ index, epoch: this.epoch });
    }
  }

  /** Commits records that nobody here proposed. */
  commitOthers(...records: MetadataRecord[]): number {
    const index = this.nextIndex++;
    const payload = packEntry(records.map(writeMetadataRecord));
    for (const listener of this.committed) listener({ index, epoch: this.epoch, payload });
    return index;
  }

  load(index: number, records: readonly MetadataRecord[]): void {
    this.nextIndex = Math.max(this.nextIndex, index + 1);
    const bytes = packEntry(records.map(writeMetadataRecord));
    for (const listener of this.loaded) listener({ index, epoch: this.epoch, bytes });
  }

  /** Another controller leads: what is pending has an unknown outcome. */
  lose(): void {
    this.isActive = false;
    for (const { index, reject } of this.pending.splice(0)) reject(new SupersededError(index, this.epoch));
  }
}

export const feature = (name: string, featureLevel = 1) => record("FeatureLevelRecord", { name, featureLevel });

export const registration = (brokerId: number, fenced = false, rpcPort?: number) =>
  record("RegisterBrokerRecord", {
    brokerId,
    incarnationId: `${brokerId}`.padStart(22, "A"),
    brokerEpoch: -1,
    endPoints: rpcPort === undefined ? [] : [{ name: "RPC", host: "h", port: rpcPort, securityProtocol: 0 }],
    rack: null,
    fenced,
    inControlledShutdown: false,
    logDirs: [],
  });

/** Lets everything that can go on without a timer go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
