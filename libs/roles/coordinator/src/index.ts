export { coordinatorRole } from "./coordinator-role";
