export { brokerRole } from "./broker-role";
