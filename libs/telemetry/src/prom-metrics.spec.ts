import { PromMetrics } from "./prom-metrics";

it("shows counters, gauges and histograms that were filled as plain numbers", async () => {
  const metrics = new PromMetrics();
  metrics.counter("bytes_total", "bytes", ["topic"]).cell("orders").value += 5;
  metrics.counter("bytes_total", "bytes", ["topic"]).cell("orders").value += 2;
  metrics.gauge("parts", "partitions", [], () => [[[], 3]]);
  metrics.gauge("parts", "partitions", [], () => [[[], 4]]);
  const times = metrics.histogram("ms", "time", ["request"], [1, 10]);
  for (const value of [0.5, 5, 50]) times.of('Fe"tch').observe(value);
  const text = await metrics.render();
  expect(text).toContain('bytes_total{topic="orders"} 7');
  expect(text).toContain("# TYPE parts gauge\nparts 7");
  expect(text).toContain('ms_bucket{request="Fe\\"tch",le="1"} 1\nms_bucket{request="Fe\\"tch",le="10"} 2');
  expect(text).toContain('ms_bucket{request="Fe\\"tch",le="+Inf"} 3\nms_sum{request="Fe\\"tch"} 55.5');
  // A second scrape reads the same numbers, it does not add to them.
  expect(await metrics.render()).toContain('bytes_total{topic="orders"} 7');
});

it("forgets the series of a label value", async () => {
  const metrics = new PromMetrics();
  const family = metrics.counter("bytes_total", "bytes", ["topic"]);
  family.cell("a").value = 1;
  family.cell("b").value = 2;
  metrics.forget("topic", "a");
  const text = await metrics.render();
  expect(text).not.toContain('topic="a"');
  expect(text).toContain('topic="b"');
});
