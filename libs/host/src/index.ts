export type { Role, RoleContext, RunningRole } from "./role";
