import { ReadRequest } from "@moldau/contracts";
import { type CallContext, noContext, type Peers } from "./service";
import { throughTheWire } from "./through-the-wire";

it("takes away the word that the caller takes files, as another process would never hear it, and nothing else", async () => {
  const heard: CallContext[] = [];
  const broker = {
    read: (_request: ReadRequest, call: CallContext) => {
      heard.push(call);
      return Promise.resolve({ partitions: [] });
    },
  };
  const peers = throughTheWire({ broker: () => broker } as unknown as Peers);
  const lend = (): void => undefined;
  const request = ReadRequest.decode(new Uint8Array());
  await peers.broker(1).read(request, { ...noContext, lend, takesFiles: true });
  await peers.broker(1).read(request, { ...noContext, lend });
  expect(heard).toEqual([
    { ...noContext, lend, takesFiles: false },
    { ...noContext, lend },
  ]);
});
