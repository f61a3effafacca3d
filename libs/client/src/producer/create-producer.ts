import type { CreateProducer, CreateTransactionalProducer } from "../api";
import { Cluster } from "../cluster";
import { BufferedProducer } from "./buffered-producer";
import { TransactionalBufferedProducer } from "./transactional-producer";

/** A producer. Connects with the first record. */
export const createProducer: CreateProducer = (options) => new BufferedProducer(new Cluster(options), options);

/** A producer of transactions. Connects with `initTransactions` or the first `beginTransaction`. */
export const createTransactionalProducer: CreateTransactionalProducer = (options) =>
  new TransactionalBufferedProducer(options);
