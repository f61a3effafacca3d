import type { Logger } from "@moldau/telemetry";
import type { TransactionEvent } from "@moldau/transactions";

/** Writes down what a person may want to know of a transaction: routine in debug, what happened to somebody else in info. */
export function logTransactionEvent(log: Logger, event: Exclude<TransactionEvent, { event: "end transaction" }>): void {
  const { event: what, ...facts } = event;
  switch (event.event) {
    case "transaction completed":
      log.debug(facts, what);
      return;
    case "producer initialized":
    case "transaction fenced":
    case "transactional ids expired":
      log.info(facts, what);
  }
}
