export { createAdmin } from "./admin/create-admin";
export type * from "./api";
export { KafkaClientError } from "./client-error";
export { createConsumer } from "./consumer/create-consumer";
export { createProducer, createTransactionalProducer } from "./producer/create-producer";
