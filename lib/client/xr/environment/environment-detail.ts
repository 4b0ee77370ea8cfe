/**
 * How much of the environment is drawn, told by the quality governor and read once a
 * frame: a cell rather than a store, since it changes while frames are being drawn.
 */
export const environmentDetail: { current: 0 | 1 | 2 } = { current: 2 };
