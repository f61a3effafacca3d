import { diagnose, type DoctorFacts } from "./doctor";

const well: DoctorFacts = {
  bootstrap: [{ address: "k:9092", problem: undefined }],
  nodes: [{ nodeId: 1, address: "k:9092", problem: undefined }],
  controllerAheadMs: 20,
  logDirs: [{ brokerId: 1, dirs: [{ path: "/data", error: null, totalBytes: 1000, usableBytes: 500, replicas: [] }] }],
  topics: [
    {
      name: "orders",
      topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
      internal: false,
      partitions: [{ partition: 0, leader: 1, leaderEpoch: 0, replicas: [1, 2, 3], isr: [1, 2, 3] }],
    },
  ] as unknown as DoctorFacts["topics"],
  minInSync: new Map([["orders", 2]]),
  brokers: 3,
  processes: [{ address: "k:9644", clockAheadMs: 0, openFiles: 100, openFilesMax: 100_000 }],
};
const found = (facts: Partial<DoctorFacts>) =>
  diagnose({ ...well, ...facts }).flatMap(({ check, level }) => (level === "ok" ? [] : `${level}: ${check}`));
const withTopic = (change: object, minInSync = 2): Partial<DoctorFacts> => {
  const [topic] = well.topics;
  const partitions = [{ ...topic!.partitions[0]!, ...change }];
  return { topics: [{ ...topic!, partitions }], minInSync: new Map([["orders", minInSync]]) };
};

it("finds nothing where all is well, and says what it looked at", () => {
  expect(found({})).toEqual([]);
  expect(diagnose(well).map(({ check }) => check)).toEqual([
    "listeners",
    "clocks",
    "disks",
    "replication",
    "open files",
  ]);
});

it.each<[string, Partial<DoctorFacts>, string[]]>([
  [
    "a listener that clients cannot reach",
    { nodes: [{ nodeId: 2, address: "localhost:9092", problem: "connection refused" }] },
    ["error: listeners"],
  ],
  [
    "a bootstrap address that is dead",
    { bootstrap: [{ address: "x:1", problem: "no such host" }] },
    ["warning: listeners"],
  ],
  ["a clock a few seconds off", { controllerAheadMs: -5_000 }, ["warning: clocks"]],
  [
    "a process's clock minutes off",
    { processes: [{ ...well.processes[0]!, clockAheadMs: 300_000 }] },
    ["error: clocks"],
  ],
  [
    "nobody who tells the time",
    { controllerAheadMs: undefined, processes: [] },
    ["skipped: clocks", "skipped: open files"],
  ],
  [
    "a disk that is nearly full",
    {
      logDirs: [
        { brokerId: 1, dirs: [{ path: "/data", error: null, totalBytes: 1000, usableBytes: 100, replicas: [] }] },
        { brokerId: 2, dirs: [{ path: "/data", error: null, totalBytes: 1000, usableBytes: 10, replicas: [] }] },
      ],
    },
    ["warning: disks", "error: disks"],
  ],
  [
    "a volume that does not tell",
    { logDirs: [{ brokerId: 1, dirs: [{ path: "/d", error: null, totalBytes: -1, usableBytes: -1, replicas: [] }] }] },
    ["skipped: disks"],
  ],
  ["a partition without a leader", withTopic({ leader: -1, isr: [] }), ["error: replication"]],
  ["replicas that are behind", withTopic({ isr: [1, 2] }), ["warning: replication"]],
  ["a single replica among three brokers", withTopic({ replicas: [1], isr: [1] }, 1), ["warning: replication"]],
  ["no room for one broker to restart", withTopic({}, 3), ["warning: replication"]],
  ["few files", { processes: [{ address: "k:1", openFiles: 5, openFilesMax: 1024 }] }, ["warning: open files"]],
  [
    "files nearly used up",
    { processes: [{ address: "k:1", openFiles: 900, openFilesMax: 1024 }] },
    ["error: open files"],
  ],
  [
    "a process that does not answer",
    { processes: [{ address: "k:1", problem: "no answer" }] },
    ["skipped: open files"],
  ],
])("finds %s, and says what to do", (_, facts, expected) => {
  expect(found(facts)).toEqual(expected);
  for (const { level, fix } of diagnose({ ...well, ...facts })) {
    if (level === "error" || level === "warning") expect(fix).toBeTruthy();
  }
});
