import type { ClientSettings } from "../tool";

/** Of every action of kafka-reassign-partitions. */
export const settings: ClientSettings = { clientId: "reassign-partitions-tool", controllers: true };
