/** Sizes of text that the page offers, in per cent; app/system.go takes any from the first to the last. */
export const TEXT_SIZES = [90, 100, 112, 125, 150] as const;
