export {
  accountStateOf,
  type Backend,
  deployedRecordOf,
  planManifestOf,
  savedPlanOf,
  type StateLocation,
  stateOf,
} from "./state";
