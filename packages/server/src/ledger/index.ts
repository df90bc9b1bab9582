export { addToStack } from "./add.js";
export { compileGrants, type Held } from "./compile-grants.js";
export { type GrantRow, isFromPlan } from "./grant-row.js";
export { type ProjectInput, projectGrants } from "./project.js";
export {
  type GiveBackInput,
  giveBack,
  type ReservedPart,
  type ReserveInput,
  reserveTake,
  withoutReturns,
  withoutSpentReturns,
} from "./reserve.js";
export { type FollowSpentInput, foldSpent, followSpent, type SpentGrant, spentId } from "./spent.js";
export { type Take, type TakeInput, takeFromStack } from "./take.js";
