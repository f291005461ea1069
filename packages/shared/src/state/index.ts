export { accountStateOf, type Backend, deployedRecordOf, savedPlanOf, type StateLocation, stateOf } from "./state";
