/** Each new customer is on a test clock of its own, which the panel moves. For development: TIME_TRAVEL=1. */
export const isTimeTravelOn = process.env.TIME_TRAVEL === "1";
