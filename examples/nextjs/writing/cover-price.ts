/** In credits. */
export const coverPrice = 25;
