export {
  accountStateOf,
  type Backend,
  deployedRecordOf,
  deployedRecordsOf,
  savedPlanOf,
  type StateLocation,
  stateOf,
} from "./state";
