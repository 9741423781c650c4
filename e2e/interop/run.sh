#!/bin/sh
# Charge points of a program that is not ours (the Python package "ocpp") against the product, one per OCPP version.
# Optional: says so and ends with 0 where Python or its packages are not to be had.
set -eu
cd "$(dirname "$0")/../.."

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Nothing was checked: this needs Python 3 with venv and pip."
  echo "Get it with 'apt-get install python3 python3-venv' (Debian, Ubuntu), 'brew install python' (macOS) or from https://www.python.org"
  exit 0
fi
venv=.cache/interop-venv
if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import ocpp.v21, websockets' 2>/dev/null; then
  python3 -m venv "$venv"
  if ! "$venv/bin/pip" install --quiet --disable-pip-version-check -r e2e/interop/requirements.txt; then
    echo "Nothing was checked: pip could not install what e2e/interop/requirements.txt names (its reason is above)."
    echo "It needs a package index: https://pypi.org, or a mirror named in PIP_INDEX_URL."
    exit 0
  fi
fi
exec node e2e/interop/run.ts "$venv/bin/python"
