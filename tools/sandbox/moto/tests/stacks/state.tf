# A state in S3, locked by a file beside it. No provider: only the backend matters.

terraform {
  backend "s3" {
    bucket              = "states"
    key                 = "test/state.tfstate"
    region              = "ap-northeast-1"
    use_lockfile        = true
    encrypt             = true
    kms_key_id          = "arn:aws:kms:ap-northeast-1:123456789012:key/86526c8b-113a-4ed6-9d92-7af69edffb28"
    allowed_account_ids = ["123456789012"]
  }
}

resource "terraform_data" "this" {}
