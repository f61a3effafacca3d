export const referenceVersion: string;
export function prepareReference(say?: (line: string) => void): string | undefined;
export class ReferenceCluster {
  constructor(how: {
    dir: string;
    port: number;
    brokers?: number;
    logDirs?: number;
    options?: Record<string, string | number>;
  });
  readonly bootstrap: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}
