import { doubleJson, type FieldShape, messageJson, recordShapes, textJson } from "./index";

it.each([
  [0, "0.0"],
  [-0, "-0.0"],
  [150.5, "150.5"],
  [1_048_576, "1048576.0"],
  [9_999_999, "9999999.0"],
  [10_000_000, "1.0E7"],
  [123_456_789.5, "1.234567895E8"],
  [0.001, "0.001"],
  [0.00025, "2.5E-4"],
])("writes the double %d as Java does: %s", (value, text) => expect(doubleJson(value)).toBe(text));

it("escapes what JSON must, in upper-case hexadecimal, and nothing else", () => {
  expect(textJson('a"\\\n\u001f\u0002é')).toBe('"a\\"\\\\\\n\\u001F\\u0002é"');
});

it("leaves tagged fields out where they have their default, and fields of other versions", () => {
  const shape = recordShapes.PartitionRecord as readonly FieldShape[];
  const value = {
    partitionId: 3,
    topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
    replicas: [1, 2],
    isr: [1],
    removingReplicas: [],
    addingReplicas: [],
    leader: 1,
    leaderRecoveryState: 0,
    leaderEpoch: 4,
    partitionEpoch: 5,
    directories: ["AAAAAAAAAAAAAAAAAAAAAw"],
    eligibleLeaderReplicas: null,
    lastKnownElr: [2],
  };
  const common =
    '{"partitionId":3,"topicId":"AAAAAAAAAAAAAAAAAAAAAQ","replicas":[1,2],"isr":[1],"removingReplicas":[],"addingReplicas":[],"leader":1,"leaderEpoch":4,"partitionEpoch":5';
  expect(messageJson(shape, value, 0)).toBe(`${common}}`);
  expect(messageJson(shape, value, 2)).toBe(`${common},"directories":["AAAAAAAAAAAAAAAAAAAAAw"],"lastKnownElr":[2]}`);
  expect(messageJson(shape, { ...value, leaderRecoveryState: 1 }, 0)).toContain('"leader":1,"leaderRecoveryState":1,');
});

it("writes bytes in base64, nulls, structures, and what it is told instead", () => {
  const shape: FieldShape[] = [
    { name: "data", versions: [0, Infinity], type: "bytes" },
    {
      name: "rows",
      versions: [0, Infinity],
      type: "struct",
      array: true,
      fields: [{ name: "id", versions: [0, 9], type: "hash64" }],
    },
    { name: "text", versions: [0, Infinity], type: "string" },
  ];
  const value = { data: new Uint8Array([1, 255]), rows: [{ id: 7n }], text: null };
  expect(messageJson(shape, value, 0)).toBe('{"data":"Af8=","rows":[{"id":7}],"text":null}');
  expect(messageJson(shape, value, 0, (field) => (field.name === "data" ? "{}" : undefined))).toBe(
    '{"data":{},"rows":[{"id":7}],"text":null}',
  );
});
