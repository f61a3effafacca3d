export { DataDirectoryError } from "./cluster-id";
export { controllerRole } from "./controller-role";
