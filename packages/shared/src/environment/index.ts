import files from "./environments";
import { validateEnvironments } from "./validate";
import type { Environment } from "./schema";
import { InvalidInput } from "./problems";

export { type Amounts, amountsOfContainer } from "./amounts";
export { arn, arnOfAws, type Place } from "./arn";
export {
  type EksAddOnName,
  type KubernetesVersion,
  kubernetesVersion,
  kubernetesVersions,
  minorOf,
  minorsAhead,
  type Pins,
} from "./kubernetes-versions";
export {
  clusterRecord,
  DNS_ANNOTATIONS,
  dnsRecord,
  dnsRecordAnnotations,
  type WeighedRecord,
  weightOf,
} from "./dns-record";
export { largestPodOf } from "./largest-pod";
export { InvalidInput, parse, type Problem, type Report, whenValid } from "./problems";
export {
  ACCESS_STACK,
  accessStackId,
  accountStackId,
  administratorsStackIds,
  CLOSED_KEY_ALIAS_PREFIX,
  clusterArn,
  clusterName,
  clusterNames,
  DELIVERY_STEPS,
  deliveryPath,
  deliveryRole,
  type DeliveryStep,
  EVERY_TEAM,
  planGroup,
  roleArn,
  secretsKeyAlias,
  STATE_BUCKET_PREFIX,
  STATE_KEY_ALIAS,
  stateBucket,
  teamGroup,
  teamPrefix,
  USED_BY,
} from "./names";
export type {
  Compute,
  ComputeKind,
  Environment,
  EnvironmentInput,
  Exposure,
  ExposureKind,
  Pipelines,
  Team,
} from "./schema";
export { limitsOf, type TeamLimits } from "./team-limits";
export { TLS_POLICY } from "./tls-policy";
export { ACCOUNT_PREFIX, DEPLOYED_PREFIX, makesProvider, PLANS_PREFIX, validateEnvironments } from "./validate";

/** Names of the environments that have a file. */
export type EnvironmentName = keyof typeof files;

/** Every environment of the repository, valid. @throws InvalidInput with all that is wrong with any of them */
export function allEnvironments(): Environment[] {
  return validateEnvironments(files);
}

/**
 * The environment of that name.
 * @param environments those that there may be. @default every one of the repository
 * @throws InvalidInput that names the known ones, where there is none of that name.
 */
export function environmentNamed(name: string, environments: readonly Environment[] = allEnvironments()): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  const known = environments.map((environment) => environment.name).join(", ");
  const message = `there is no such environment; known are: ${known}. A new one is a file in packages/shared/src/environment/environments`;
  throw new InvalidInput([{ subject: `environment "${name}"`, problems: [{ path: "", message }] }]);
}
