export { type Allowance, readAllowances, type Reviewer } from "./allowances";
export type { GateContext } from "./context";
export type { Finding } from "./finding";
export { gatePlan } from "./gate";
export { type Plan, readPlan } from "./plan/plan";
export { allowancesOf, contextOf } from "./repository";
export { findingsText } from "./text";
export { type ContractUse, usesOf, withDeployed } from "./uses";
