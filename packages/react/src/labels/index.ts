export type { Label, Labels } from "../provider/labels.js";
export { arabic } from "./arabic.js";
