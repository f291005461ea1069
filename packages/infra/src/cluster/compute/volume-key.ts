import { allow, type Statement } from "@demarc/shared/iam";

/** What AWS's documentation asks for whoever makes volumes, where a StorageClass names a key of one's own. */
export function useOfVolumeKey(volumeKeyArn: string): Statement[] {
  return [
    allow("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey").on(volumeKeyArn),
    allow("kms:CreateGrant")
      .on(volumeKeyArn)
      .when({ Bool: { "kms:GrantIsForAWSResource": "true" } }),
  ];
}
