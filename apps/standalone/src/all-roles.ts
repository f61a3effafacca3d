import type { Role } from "@moldau/host";
import { brokerRole } from "@moldau/roles-broker";
import { controllerRole } from "@moldau/roles-controller";
import { coordinatorRole } from "@moldau/roles-coordinator";
import { gatewayRole } from "@moldau/roles-gateway";

/** Every role, for a process that can be any part of a cluster. */
export const allRoles: readonly Role[] = [controllerRole, brokerRole, coordinatorRole, gatewayRole];
