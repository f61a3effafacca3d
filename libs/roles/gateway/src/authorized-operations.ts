/** Kafka's ACL operation codes. Source: org.apache.kafka.common.acl.AclOperation. */
const operation = {
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  clusterAction: 9,
  describeConfigs: 10,
  alterConfigs: 11,
  idempotentWrite: 12,
} as const;

function bits(...names: (keyof typeof operation)[]): number {
  return names.reduce((field, name) => field | (1 << operation[name]), 0);
}

/** What anybody may do where nobody is refused anything, as the bit fields of KIP-430. */
export const topicOperations = bits(
  "read",
  "write",
  "create",
  "delete",
  "alter",
  "describe",
  "describeConfigs",
  "alterConfigs",
);
export const clusterOperations = bits(
  "create",
  "alter",
  "describe",
  "clusterAction",
  "describeConfigs",
  "alterConfigs",
  "idempotentWrite",
);

/** "Not asked for" in such a bit field. */
export const noOperations = -2147483648;
