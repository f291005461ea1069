#!/bin/bash
# Writes the master's user name and password, from the secret that RDS keeps, to files of $CREDENTIALS.
# Nothing of it is printed. The image has no JSON tool: RDS's secret is one flat object of strings.
set -euo pipefail
umask 077

secret=$(aws secretsmanager get-secret-value --secret-id "$SECRET_ARN" --version-stage AWSCURRENT \
  --query SecretString --output text)

for key in username password; do
  string="\"$key\"[[:space:]]*:[[:space:]]*\"(([^\"\\]|\\\\.)*)\""
  if [[ ! $secret =~ $string ]]; then
    echo "the secret $SECRET_ARN has no $key" >&2
    exit 1
  fi
  # %b undoes every escape of JSON but that of the quote.
  printf '%b' "${BASH_REMATCH[1]//\\\"/\"}" > "$CREDENTIALS/$key"
done
