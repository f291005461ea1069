#!/bin/sh
# Runs the SQL as the master, whose credentials are files of $CREDENTIALS. The other PG* variables are the pod's.
set -eu
PGUSER=$(cat "$CREDENTIALS/username")
PGPASSWORD=$(cat "$CREDENTIALS/password")
export PGUSER PGPASSWORD
exec psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --file="$SQL"
