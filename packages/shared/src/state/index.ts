export {
  accountStateOf,
  type Backend,
  deployedRecordOf,
  deployedRecordsOf,
  planManifestOf,
  savedPlanOf,
  type StateLocation,
  stateOf,
} from "./state";
