export * from "./generated/moldau/v1/broker";
export * from "./generated/moldau/v1/common";
export * from "./generated/moldau/v1/controller";
export * from "./generated/moldau/v1/coordinator";
export * from "./generated/moldau/v1/quorum";
