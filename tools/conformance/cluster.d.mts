import type { ChildProcess } from "node:child_process";

export interface Shape {
  title: string;
  args: string[];
  replicationFactor: number;
}
export const shapes: { one: Shape; split: Shape };

export class Cluster {
  constructor(shape: Shape, options: { dir: string; port: number; adminPort: number; options?: string[] });
  readonly shape: Shape;
  readonly dir: string;
  readonly process: ChildProcess;
  readonly bootstrap: string;
  readonly admin: string;
  start(): Promise<number>;
  stop(): Promise<number>;
  crash(): Promise<void>;
  roles(): string[];
  kill(role: string): Promise<void>;
  remove(): void;
}
