/** The greatest epoch: kept back, so that a producer can always be fenced. */
export const MAX_EPOCH = 32_767;
/** The greatest epoch that a client gets: from here on the next one belongs to a new producer id. */
export const LAST_CLIENT_EPOCH = MAX_EPOCH - 1;
