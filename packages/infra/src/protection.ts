import type { TerraformResource } from "cdktf";

/**
 * Has Terraform refuse to destroy a resource, or to make it anew. AWS would refuse later, or not at all, once what stands on it is gone.
 * @param setting of infra's by which it is so, such as "data.database.deletionProtection": whoever is refused a destroy is told
 *   (tools/deploy/src/stacks.ts). Terraform reads no `//`.
 */
export function protect(resource: TerraformResource, setting: string): void {
  resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
  resource.addOverride("//.protectedBy", setting);
}
