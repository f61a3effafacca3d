import type { RoleContext } from "@moldau/host";
import { applyRecords, emptyImage, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { Gateway } from "./gateway";
import { advertise } from "./advertise";
import { opening } from "./opening";

const before = "AAAAAAAAAAAAAAAAAAAAAQ";
const now = "AAAAAAAAAAAAAAAAAAAAAg";

function registration(incarnationId: string, fenced: boolean): MetadataRecord[] {
  const endPoints = [{ name: "PLAINTEXT", host: "h", port: 9092, securityProtocol: 0 }];
  return [
    record("RegisterBrokerRecord", {
      brokerId: 1,
      incarnationId,
      brokerEpoch: 5,
      endPoints,
      rack: null,
      fenced,
      inControlledShutdown: false,
      logDirs: [],
    }),
    record("NodeRolesRecord", { nodeId: 1, roles: ["broker", "gateway"] }),
  ];
}

/** A gateway on node 1 whose metadata the test says. */
function gatewayWith(records: MetadataRecord[]) {
  let image: MetadataImage = applyRecords(emptyImage(), records, { offset: 1, epoch: 1 }).image;
  const listeners = new Set<() => void>();
  const observer = {
    caughtUp: true,
    get image() {
      return image;
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      listener();
      return () => listeners.delete(listener);
    },
  };
  const context = { nodeId: 1, incarnationId: now, observer } as unknown as RoleContext;
  const gateway = {
    context,
    get image() {
      return image;
    },
    get doors() {
      return advertise(image.brokers.values(), { kind: "self", listener: "PLAINTEXT" });
    },
  } as unknown as Gateway;
  const apply = (next: MetadataRecord[]) => {
    image = applyRecords(image, next, { offset: image.offset + 1, epoch: 1 }).image;
    for (const listener of [...listeners]) listener();
  };
  return { opens: opening(gateway), apply, observer, listeners };
}

const signal = () => new AbortController().signal;

it("lets nobody in on metadata of the life before, or while the node is fenced", async () => {
  const { opens, apply, listeners } = gatewayWith(registration(before, false));
  const order: string[] = [];
  const entering = opens.wait(signal()).then(() => order.push("in"));
  expect(opens.isOpen).toBe(false);
  apply(registration(now, true));
  await Promise.resolve();
  order.push("registered");
  apply([record("UnfenceBrokerRecord", { id: 1, epoch: 5 })]);
  await entering;
  expect(order).toEqual(["registered", "in"]);
  expect([opens.isOpen, listeners.size]).toEqual([true, 0]);
});

it("is open at once where the metadata are right, and stays open", async () => {
  const { opens, apply } = gatewayWith(registration(now, false));
  await opens.wait(signal());
  apply([record("FenceBrokerRecord", { id: 1, epoch: 5 })]);
  expect(opens.isOpen).toBe(true);
});

it("forgets a client that goes while it waits", async () => {
  const { opens } = gatewayWith([]);
  const client = new AbortController();
  const entering = opens.wait(client.signal);
  client.abort();
  await expect(entering).rejects.toThrow(/the client went/);
  opens.stop();
});
