import { compare, differencesOf, explanationOf } from "./compare";
import { Normaliser } from "./normalise";
import { without } from "./request";

describe("differencesOf", () => {
  it("names the field by what its list's element is about, whatever its position", () => {
    const apache = {
      topics: [
        { name: "a", errorCode: 0 },
        { name: "b", errorCode: 3 },
      ],
    };
    const moldau = { topics: [{ name: "b", errorCode: 5 }] };
    expect(differencesOf(apache, moldau)).toEqual([
      { path: "topics[a]", apache: { name: "a", errorCode: 0 }, moldau: undefined },
      { path: "topics[b].errorCode", apache: 3, moldau: 5 },
    ]);
  });

  it("keeps elements apart that are there twice, and knows null from absent", () => {
    const twice = { partitions: [{ partitionIndex: 0 }, { partitionIndex: 0 }] };
    expect(differencesOf(twice, { partitions: [{ partitionIndex: 0 }] })).toHaveLength(1);
    expect(differencesOf({ records: null }, { records: "" })).toHaveLength(1);
    expect(differencesOf({ records: null }, {})).toHaveLength(1);
  });
});

describe("compare", () => {
  it("finds a step that only one cluster was asked", () => {
    const step = (label: string) => ({ api: "Fetch", version: 4, label, answer: {} });
    const [first, second] = compare([step("a"), step("b")], [step("a")]);
    expect(first!.differences).toEqual([]);
    expect(second!.differences).toHaveLength(1);
  });
});

describe("explanationOf", () => {
  const difference = {
    api: "Produce",
    version: 9,
    label: "again",
    path: "responses[w].errorCode",
    apache: 1,
    moldau: 2,
  };

  it("wants every pattern to fit the whole text", () => {
    const reason = "meant";
    expect(explanationOf(difference, [{ api: "Produce", path: "responses.*errorCode", reason }])).toEqual(
      expect.objectContaining({ reason }),
    );
    for (const explanation of [
      { api: "Prod", reason },
      { api: "Produce", path: "errorCode", reason },
      { api: "Produce", versions: [10, 12] as const, reason },
    ]) {
      expect(explanationOf(difference, [explanation])).toBeUndefined();
    }
  });
});

describe("Normaliser", () => {
  it("gives what a cluster invents names in the order of appearance, and leaves strangers alone", () => {
    const normaliser = new Normaliser();
    const seen = [4001, 4000, 4001, -1, 987_654].map(
      (producerId) => (normaliser.plain({ producerId }) as { producerId: unknown }).producerId,
    );
    expect(seen).toEqual(["<producer 1>", "<producer 2>", "<producer 1>", -1, 987_654]);
  });

  it("knows a topic's id by its name, in any answer", () => {
    const normaliser = new Normaliser();
    normaliser.learnTopics({ topics: [{ name: "orders", topicId: "c29tZSBpZCBvZiBhIHRvcA" }] });
    expect(normaliser.plain({ topicId: "c29tZSBpZCBvZiBhIHRvcA" })).toEqual({ topicId: "<id of orders>" });
  });

  it("keeps the order of replicas and hides that of topics", () => {
    const normaliser = new Normaliser();
    expect(normaliser.plain({ replicaNodes: [2, 1], topics: [{ name: "b" }, { name: "a" }] })).toEqual({
      replicaNodes: [2, 1],
      topics: [{ name: "a" }, { name: "b" }],
    });
  });
});

describe("without", () => {
  it("takes a field away at any depth and leaves bytes alone", () => {
    const records = new Uint8Array([1]);
    expect(without({ a: 1, list: [{ a: 2, records }] }, "a")).toEqual({ list: [{ records }] });
  });
});
