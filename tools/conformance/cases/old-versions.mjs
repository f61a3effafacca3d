// Versions that Kafka 4 dropped and older clients still send.
export function oldVersionCases({ client, prefix, create, run }) {
  if (!client.oldVersions) return [];
  return [
    [
      "old versions: JoinGroup 0 and 1, OffsetCommit 0 and 1, OffsetFetch 0",
      async () => {
        const topic = await create(`${prefix}-old`, 1);
        await run({ op: "oldVersions", topic, group: `${prefix}-old` }).finished;
      },
    ],
  ];
}
