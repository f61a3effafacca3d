import { KafkaError } from "@moldau/base";
import { ask, groupCalls } from "./group-calls";
import { LoadConnection } from "./kafka-load";

const retryMs = 50;

/** Address of a group's coordinator, asked for until there is one. */
export async function coordinatorOf(address: string, group: string): Promise<string> {
  const connection = await LoadConnection.open(address);
  try {
    for (;;) {
      const found = await ask(connection, groupCalls.findCoordinator, { key: group, keyType: 0 });
      if (found.errorCode === KafkaError.NONE) return `${found.host}:${found.port}`;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  } finally {
    connection.close();
  }
}

/** Does `work` for every item, `countMax` of them at a time. */
export async function inGroupsOf<T>(
  countMax: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      await work(items[at]!, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(countMax, items.length) }, worker));
}
