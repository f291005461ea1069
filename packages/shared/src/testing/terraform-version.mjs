import { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version.js";
import { ValidateTerraformVersion } from "cdktf/lib/validations/validate-terraform-version.js";

// CDKTF starts Terraform at each terraform_data of a synth, to see that its version will do. It is started once a test file here.
/** Problems, by binary and what is asked of its version. @type {Map<string, string[]>} */
const known = new Map();

ValidateTerraformVersion.prototype.validate = function () {
  const question = JSON.stringify(this);
  const problems = known.get(question) ?? ValidateBinaryVersion.prototype.validate.call(this);
  known.set(question, problems);
  return problems;
};
