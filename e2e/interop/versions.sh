#!/usr/bin/env bash
# Instances of two releases share one database and one broker: an older one, by its tag or commit, goes on beside this one.
# Needs Mosquitto and PostgreSQL, as the tests of many instances do.
set -euo pipefail
cd "$(dirname "$0")/../.."
release=${1:-$(git describe --tags --abbrev=0 2>/dev/null || true)}
if [ -z "$release" ]; then
  echo "Which release? None has a tag. Name a commit: npm run interop:versions -- <commit>"
  exit 2
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet --shared . "$folder/release"
git -C "$folder/release" checkout --quiet --detach "$release"
echo "Installing $release"
(cd "$folder/release" && node scripts/go.mjs simulate --help >/dev/null)
for which in a b; do
  echo "Instance $which is $release, the other this one"
  OTHER_RELEASE="$folder/release" OTHER_RELEASE_IS=$which pnpm exec vitest run --project postgres \
    server/test/many-instances.postgres.test.ts server/test/instance-killed.postgres.test.ts
done
