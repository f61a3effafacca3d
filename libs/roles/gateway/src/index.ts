export { gatewayRole } from "./gateway-role";
