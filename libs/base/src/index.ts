export * from "./assert";
export * from "./buffer-pool";
export * from "./clock";
export * from "./ids";
export * from "./java-hash";
export * from "./kafka-error";
export * from "./seeded-random";
export * from "./topic-name";
