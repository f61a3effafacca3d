export type { Connection, ExchangeMemory, FrameHandler } from "./connection";
export { framed, FrameError, FrameReader } from "./frame-reader";
export type { FrameReaderOptions } from "./frame-reader";
export type { Admission, KafkaServer, KafkaServerOptions, ListenOptions } from "./kafka-server";
export { createKafkaServer } from "./kafka-server";
export type { ConnectionLimits, Limits } from "./limits";
export { defaultLimits } from "./limits";
