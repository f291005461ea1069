export { DISK, fargateSize, LARGEST } from "./fargate/sizes";
export { computeFindings } from "./limits";
