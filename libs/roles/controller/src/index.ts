export { controllerRole } from "./interim";
