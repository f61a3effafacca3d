export { Timeline } from "./timeline";
export { TimelineMap } from "./timeline-map";
export { TimelineSet } from "./timeline-set";
export { TimelineValue } from "./timeline-value";
