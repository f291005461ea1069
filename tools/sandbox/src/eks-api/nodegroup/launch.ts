import type { ResponseLaunchTemplateData } from "@aws-sdk/client-ec2";
import type { LaunchSource } from "../account/auto-scaling";
import { type LaunchTemplate, rootVolumeGib } from "../account/launch-templates";
import type { CreateNodegroupBody } from "./request";

/** The instance type of a node group that names none, by itself or in its launch template. */
const DEFAULT_INSTANCE_TYPE = "t3.medium";

/** What EKS sets itself, and so refuses in a node group's launch template. */
const REFUSED_IN_TEMPLATE: readonly {
  readonly what: string;
  readonly isSet: (data: ResponseLaunchTemplateData) => boolean;
}[] = [
  { what: "an IAM instance profile", isSet: (data) => data.IamInstanceProfile !== undefined },
  { what: "Spot options (capacityType is for that)", isSet: (data) => data.InstanceMarketOptions !== undefined },
  { what: "hibernation", isSet: (data) => data.HibernationOptions?.Configured === true },
  { what: "a shutdown behaviour", isSet: (data) => data.InstanceInitiatedShutdownBehavior !== undefined },
  {
    what: "a subnet",
    isSet: ({ NetworkInterfaces = [] }) => NetworkInterfaces.some(({ SubnetId }) => SubnetId !== undefined),
  },
];

/** What is wrong with a node group's launch template, and with fields that do not go with it. */
export function templateProblems(body: CreateNodegroupBody, template: LaunchTemplate): string[] {
  const { data } = template;
  const problems = REFUSED_IN_TEMPLATE.filter(({ isSet }) => isSet(data)).map(
    ({ what }) => `Launch template ${template.name} must not set ${what}.`,
  );
  if (body.diskSize !== undefined) problems.push("Disk size must be specified within the launch template.");
  if (body.remoteAccess) problems.push("Remote access configuration cannot be specified with a launch template.");
  if (data.InstanceType !== undefined && body.instanceTypes?.length) {
    problems.push("Instance types must be in either the launch template or the request, not in both.");
  }
  const imageFields = [body.amiType, body.version, body.releaseVersion].filter((field) => field !== undefined);
  if (data.ImageId !== undefined && imageFields.some((field) => field !== "CUSTOM")) {
    problems.push("With an image in the launch template, amiType, version and releaseVersion must not be specified.");
  }
  if (data.ImageId === undefined && body.amiType === "CUSTOM") {
    problems.push("amiType CUSTOM needs an image in the launch template.");
  }
  return problems;
}

/** The instance types of a node group: its own, else none when the template has one. */
export function instanceTypesOf(body: CreateNodegroupBody, template: LaunchTemplate | undefined): string[] {
  if (body.instanceTypes?.length) return body.instanceTypes;
  return template?.data.InstanceType === undefined ? [DEFAULT_INSTANCE_TYPE] : [];
}

/** What the Auto Scaling group of a node group launches from. */
export function launchSource(
  template: Omit<LaunchTemplate, "name">,
  instanceTypes: readonly string[],
  capacityType: string | undefined,
): LaunchSource {
  return {
    launchTemplateId: template.id,
    launchTemplateVersion: template.version,
    instanceTypes,
    spot: capacityType === "SPOT",
    diskGib: rootVolumeGib(template.data),
    ...(template.data.ImageId !== undefined && { userData: template.data.UserData ?? "" }),
  };
}
