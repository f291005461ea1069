export { boundaryName, type Bounded, boundedBy, boundedId, everyBounded } from "./boundary";
export { boundaryStatements } from "./boundaries";
export { covers } from "./pattern";
export { LONGEST_POLICY, policyLength } from "./policy-length";
export {
  allow,
  type Conditions,
  deny,
  type OidcProvider,
  policyDocument,
  type ResourceStatement,
  type Statement,
  trustPodIdentity,
  trustService,
  trustServiceAccount,
  type TrustStatement,
} from "./permissions";
