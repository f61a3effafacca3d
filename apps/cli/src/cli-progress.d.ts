// cli-progress ships no types and its @types package is not a dependency; this is the part that is used here.
declare module "cli-progress" {
  export interface Options {
    format: string;
    stream: NodeJS.WritableStream;
    hideCursor?: boolean;
    clearOnComplete?: boolean;
    barCompleteChar?: string;
    barIncompleteChar?: string;
    fps?: number;
    etaBuffer?: number;
  }
  export class SingleBar {
    constructor(options: Options);
    start(total: number, startValue: number, payload?: Readonly<Record<string, unknown>>): void;
    update(value: number, payload?: Readonly<Record<string, unknown>>): void;
    stop(): void;
  }
}
