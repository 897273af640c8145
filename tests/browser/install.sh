# Sourced: goes to $folder, where playwright-core and axe-core are installed unless they are there. Ends with 77 where they
# cannot be, or chromium, node or npm is missing.
for each in "${CHROMIUM:-chromium}" node npm; do
  command -v "$each" >/dev/null || { echo "skipped: there is no $each (apt-get install chromium nodejs npm)"; exit 77; }
done
mkdir -p "$folder"
cd "$folder"
if ! [ node_modules/.package-lock.json -nt "$sources/tests/browser/package.json" ]; then
  cp "$sources/tests/browser/package.json" .
  npm install --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 --silent || { echo "skipped: npm cannot install playwright-core and axe-core"; exit 77; }
fi
export NODE_MODULES_OF=$PWD CHROMIUM=$(command -v "${CHROMIUM:-chromium}")
