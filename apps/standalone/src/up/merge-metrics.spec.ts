import { mergeMetrics } from "./merge-metrics";

it("labels each sample with its process and keeps families together", () => {
  const text = (n: number) =>
    `# HELP a_total what a is\n# TYPE a_total counter\na_total{topic="x y"} ${n}\n# HELP up is up\n# TYPE up gauge\nup 1\n`;
  expect(
    mergeMetrics([
      { role: "broker", nodeId: 1, text: text(5) },
      { role: "gateway", nodeId: 301, text: text(7) },
    ]),
  ).toBe(
    [
      "# HELP a_total what a is",
      "# TYPE a_total counter",
      'a_total{role="broker",node="1",topic="x y"} 5',
      'a_total{role="gateway",node="301",topic="x y"} 7',
      "# HELP up is up",
      "# TYPE up gauge",
      'up{role="broker",node="1"} 1',
      'up{role="gateway",node="301"} 1',
      "",
    ].join("\n"),
  );
});
