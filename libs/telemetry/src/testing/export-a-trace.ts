// Run as a process of its own: OpenTelemetry's exporter loads its transport by a dynamic import, which jest refuses.
import { startTracing } from "../tracing";

async function main(otlpEndpoint: string): Promise<void> {
  const tracing = startTracing({ service: "moldau-broker", nodeId: 7, otlpEndpoint, sampleRatio: 1 });
  const request = tracing.start("kafka.Produce", "")!;
  const append = tracing.start("broker.append", request.traceparent, { partitions: 2 })!;
  append.end("disk is full");
  request.end();
  await tracing.shutdown();
  process.stdout.write(`${request.traceparent}\n${append.traceparent}\n`);
}

void main(process.argv[2]!);
