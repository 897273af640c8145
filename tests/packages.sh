#!/usr/bin/env bash
# What cpack makes of a build: the .deb of the programs is unpacked into an empty root and runs there with the libraries
# that it names and nothing else; the .tar.gz runs where it was unpacked and moved; pages of the manual are there.
#   packages.sh BUILD
set -euo pipefail
build=$(realpath "${1:?the folder of a build}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

(cd "$build" && cpack -B "$folder/packages" >"$folder/log" 2>&1) || { cat "$folder/log"; fail "cpack"; }
programs=$(ls "$folder"/packages/compute-divide_*.deb)
headers=$(ls "$folder"/packages/libcompute-divide-dev_*.deb)
archive=$(ls "$folder"/packages/*programs.tar.gz)
"$build/examples/academic_share" --json >"$folder/expected"

mkdir "$folder/root"
dpkg-deb -x "$programs" "$folder/root"
needs=$(dpkg-deb -f "$programs" Depends)
for library in libc6 libstdc++6 libsimdjson; do
  [[ $needs == *$library* ]] || fail "$programs names no $library: $needs"
done
[ -f "$folder/root/usr/share/compute_divide/models.csv" ] || fail "$programs has no tables"
env -i "$folder/root/usr/bin/academic_share" --json | cmp - "$folder/expected" || fail "another result from $programs"
chroot=$(PATH=$PATH:/usr/sbin:/sbin command -v chroot || true)
if [ -n "$chroot" ] && [ "$(id -u)" -eq 0 ]; then  # with nothing of this machine but the libraries
  ldd "$folder"/root/usr/bin/* | sed -n 's/.*[ \t]\(\/[^ ]*\) (0x.*/\1/p' | sort -u |
    while read -r library; do install -D "$library" "$folder/root$library"; done
  env -i "$chroot" "$folder/root" /usr/bin/academic_share --json | cmp - "$folder/expected" || fail "an empty root"
  for program in "$folder"/root/usr/bin/*; do
    [[ $program != *_mpi ]] || continue  # needs more of MPI than libraries
    env -i "$chroot" "$folder/root" "/usr/bin/$(basename "$program")" --help >/dev/null || fail "$program --help"
  done
fi

mkdir "$folder/unpacked"
tar -xzf "$archive" -C "$folder/unpacked"
mv "$folder/unpacked" "$folder/moved"
env -i "$(find "$folder/moved" -name academic_share)" --json | cmp - "$folder/expected" || fail "another result from $archive"

for program in "$folder"/root/usr/bin/*; do
  page=$folder/root/usr/share/man/man1/$(basename "$program").1
  [ -s "$page" ] || [ -s "$page.gz" ] || fail "no page of the manual for $(basename "$program")"
done
dpkg-deb -c "$headers" >"$folder/contents"
grep -q ./usr/include/compute_divide/shares/share.hpp "$folder/contents" || fail "$headers has no headers"
echo "$(ls "$folder/packages" | tr '\n' ' '): unpacked, moved and run"
