export { accountStateOf, type Backend, savedPlanOf, type StateLocation, stateOf } from "./state";
