export { accountStateOf, type Backend, type StateLocation, stateOf } from "./state";
