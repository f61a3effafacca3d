export { createAdmin } from "./admin/create-admin";
export type * from "./api";
export { KafkaClientError } from "./client-error";
export { createProducer } from "./producer/create-producer";
