#!/bin/sh
# Charge points of a program that is not ours (the Python package "ocpp") against the product, one per OCPP version.
# Optional: says so and ends with 0 where Python or its packages are not to be had.
set -eu
cd "$(dirname "$0")/../.."

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo "skipped: no Python 3 with venv and pip here"
  exit 0
fi
venv=.cache/interop-venv
if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import ocpp.v21, websockets' 2>/dev/null; then
  python3 -m venv "$venv"
  if ! "$venv/bin/pip" install --quiet --disable-pip-version-check -r e2e/interop/requirements.txt; then
    echo "skipped: the Python packages could not be installed"
    exit 0
  fi
fi
exec node e2e/interop/run.ts "$venv/bin/python"
