/** What a file of Moldau's metadata log holds. Its format is the controller's, which hands in how to read it. */
export type QuorumFile =
  | {
      readonly kind: "entries";
      readonly entries: readonly {
        readonly entry: {
          readonly index: number;
          readonly term: number;
          readonly type: string;
          readonly payload: Uint8Array;
        };
        readonly position: number;
        readonly sizeBytes: number;
      }[];
      readonly tornBytes: number;
    }
  | {
      readonly kind: "snapshot";
      readonly offset: number;
      readonly epoch: number;
      readonly voters: readonly { readonly id: number; readonly directoryId: string }[];
      readonly payload: Uint8Array;
    };

/** undefined for a `.checkpoint` that is Kafka's. */
export type ReadQuorumFile = (path: string) => QuorumFile | undefined;
