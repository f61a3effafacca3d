import { createMetrics } from "./index";

it("counters are plain numbers until somebody asks", async () => {
  const metrics = createMetrics();
  const bytes = metrics.counter("kafka_server_brokertopicmetrics_bytesin_total", "Bytes in", ["topic"]);
  const orders = bytes.cell("orders");
  orders.value += 100;
  bytes.cell("orders").value += 5;
  bytes.cell('a"\\\n').value++;
  metrics.counter("plain_total", "No labels").cell().value = 3;
  expect(await metrics.render()).toBe(
    [
      "# HELP kafka_server_brokertopicmetrics_bytesin_total Bytes in",
      "# TYPE kafka_server_brokertopicmetrics_bytesin_total counter",
      'kafka_server_brokertopicmetrics_bytesin_total{topic="orders"} 105',
      'kafka_server_brokertopicmetrics_bytesin_total{topic="a\\"\\\\\\n"} 1',
      "# HELP plain_total No labels",
      "# TYPE plain_total counter",
      "plain_total 3",
      "",
    ].join("\n"),
  );
});

it("gauges are read at each scrape, and several nodes add up", async () => {
  const metrics = createMetrics();
  let partitions = 2;
  metrics.gauge("partitions", "Partitions", ["topic"], () => [[["a"], partitions]]);
  metrics.gauge("partitions", "Partitions", ["topic"], () => [
    [["a"], 10],
    [["b"], 1],
  ]);
  expect(await metrics.render()).toContain('partitions{topic="a"} 12\npartitions{topic="b"} 1');
  partitions = 3;
  expect(await metrics.render()).toContain('partitions{topic="a"} 13');
});

it("lets others have the process while it makes many series, and escapes what needs it", async () => {
  const metrics = createMetrics();
  let others = 0;
  metrics.gauge("lag", "Lag", ["group", "partition"], function* () {
    for (let i = 0; i < 10_000; i++) yield [['a"b\\c\n', String(i)], i] as const;
  });
  const tick = (): void => {
    others++;
    if (others > 0) setImmediate(tick);
  };
  setImmediate(tick);
  const text = await metrics.render();
  const during = others;
  others = -Infinity;
  expect(during).toBeGreaterThanOrEqual(10);
  expect(text).toContain('lag{group="a\\"b\\\\c\\n",partition="9999"} 9999');
  expect(text.split("\n")).toHaveLength(10_003);
});

it("histograms count into cumulative buckets", async () => {
  const metrics = createMetrics();
  const times = metrics.histogram("time_ms", "Time", ["request"], [1, 10]).of("Fetch");
  for (const value of [0.5, 1, 7, 10, 11]) times.observe(value);
  expect((await metrics.render()).split("\n").slice(2)).toEqual([
    'time_ms_bucket{request="Fetch",le="1"} 2',
    'time_ms_bucket{request="Fetch",le="10"} 4',
    'time_ms_bucket{request="Fetch",le="+Inf"} 5',
    'time_ms_sum{request="Fetch"} 29.5',
    'time_ms_count{request="Fetch"} 5',
    "",
  ]);
});

it("forgets the series of what is gone", async () => {
  const metrics = createMetrics();
  const family = metrics.counter("bytes_total", "Bytes", ["topic", "direction"]);
  family.cell("old", "in").value = 1;
  family.cell("new", "in").value = 2;
  metrics.histogram("ms", "Time", ["topic"]).of("old").observe(1);
  metrics.counter("other_total", "Other", ["group"]).cell("old").value = 3;
  metrics.forget("topic", "old");
  const text = await metrics.render();
  expect(text).not.toContain('topic="old"');
  expect(text).toContain('bytes_total{topic="new",direction="in"} 2');
  expect(text).toContain('other_total{group="old"} 3');
});

it("one name is one metric", () => {
  const metrics = createMetrics();
  const first = metrics.counter("a_total", "A", ["x"]);
  expect(metrics.counter("a_total", "A", ["x"]).cell("1")).toBe(first.cell("1"));
  expect(() => metrics.counter("a_total", "A", ["y"])).toThrow("a_total is a counter with labels [x] already");
  expect(() => metrics.gauge("a_total", "A", ["x"], () => [])).toThrow("already");
  expect(() => first.cell()).toThrow("given 0 values");
});

it("tells about the process where asked to", async () => {
  const text = await createMetrics({ process: true }).render();
  expect(text).toContain("process_resident_memory_bytes ");
  expect(text).toContain("nodejs_eventloop_lag_seconds ");
});
