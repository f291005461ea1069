/**
 * AWS's own roles, as which EKS acts by itself, by the service that they are linked to. Only AWS changes their policies:
 * https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html
 */
export const SERVICE_LINKED_ROLES = {
  /** Subnets, security groups and instances of clusters; takes away what Auto Mode made. */
  "eks.amazonaws.com": "AWSServiceRoleForAmazonEKS",
  /** Launch templates and Auto Scaling groups of managed node groups. */
  "eks-nodegroup.amazonaws.com": "AWSServiceRoleForAmazonEKSNodegroup",
} as const;

export type LinkedService = keyof typeof SERVICE_LINKED_ROLES;

/** With these a service of AWS signs: the local AWS takes its name for an access key. @param service such as `eks.amazonaws.com` */
export function signingAs(service: string): { readonly accessKeyId: string; readonly secretAccessKey: string } {
  return { accessKeyId: service, secretAccessKey: service };
}
