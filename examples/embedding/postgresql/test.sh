#!/usr/bin/env bash
# Builds the extension, installs it into a copy of the server's tree (the system's own is left as it is), starts a
# throw-away cluster on a socket, and compares what SQL says with what the library itself says, to the last bit: in
# serial, with two workers, spilled to disk, merged from bytes. Wrong input must be an error of SQL's, and the server live.
#
#     test.sh            the test
#     test.sh --times    measures a million rows, too
#
# PG_CONFIG and CXX are honoured. Ends with 77 where PostgreSQL is not there to build against.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
include=$(cd "$here/../../../include" && pwd)
pg_config=${PG_CONFIG:-$(command -v pg_config || ls -r /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | head -1 || true)}
skip() { echo "skipped: $*"; exit 77; }
[ -n "$pg_config" ] || skip "no pg_config: apt-get install postgresql postgresql-server-dev-15"
bin=$("$pg_config" --bindir) share=$("$pg_config" --sharedir) lib=$("$pg_config" --pkglibdir)
[ -e "$("$pg_config" --includedir-server)/postgres.h" ] || skip "no postgres.h: apt-get install postgresql-server-dev-15"
[ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] || skip "no server in $bin: apt-get install postgresql"

# A server does not run as root.
user=()
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || skip "the server does not run as root, and there is no user postgres"
  user=(runuser -u postgres --)
fi

work=$(mktemp -d /tmp/compute_divide_pg.XXXXXX)
chmod 755 "$work"
root=$work/root
finish() {
  status=$?
  "${user[@]}" "$root$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true
  [ $status = 0 ] || [ $status = 77 ] || tail -20 "$work/log" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
cd "$work" # where the server's user may be

mkdir build
cp "$here"/{Makefile,analysis.h,analysis.cpp,compute_divide.c,compute_divide.control,compute_divide--*.sql} build
cxx="${CMAKE_CXX_COMPILER_LAUNCHER:-} ${CXX:-g++}"
make -s -C build PG_CONFIG="$pg_config" CXX="$cxx" COMPUTE_DIVIDE_INCLUDE="$include" EXTRA_FLAGS=-Werror
. "$here/../native.sh"
native_program ./native

# The server finds its files from where it is itself, so a copy of it has its own.
mkdir -p "$root$bin" "$root$share" "$root$lib"
cp "$bin"/{postgres,initdb,pg_ctl} "$root$bin"
cp -rs "$share/." "$root$share"
cp -rs "$lib/." "$root$lib"
make -s -C build PG_CONFIG="$pg_config" COMPUTE_DIVIDE_INCLUDE="$include" DESTDIR="$root" install >/dev/null
mkdir data socket
[ ${#user[@]} = 0 ] || chown postgres data socket
"${user[@]}" "$root$bin/initdb" -D data -A trust -E UTF8 --locale=C.UTF-8 -U tester >initdb.log 2>&1 || { cat initdb.log; exit 1; }
touch log && chmod 666 log
"${user[@]}" "$root$bin/pg_ctl" -D data -l log -w -t 60 start -o "-c listen_addresses='' -c unix_socket_directories='$work/socket' \
  -c fsync=off -c max_parallel_workers=4 -c max_worker_processes=8 -c autovacuum=off" >/dev/null
sql() { "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$work/socket" -U tester -d postgres "$@"; }

failed=0
fail() { echo "error: $*"; failed=1; }
same() { # WHAT EXPECTED GOT
  if [ "$2" = "$3" ]; then echo "ok: $1"; else fail "$1:"; diff <(echo "$2") <(echo "$3") | head -20 || true; fi
}
refused() { # SQLSTATE MESSAGE STATEMENT
  local got
  got=$(sql -v VERBOSITY=verbose -c "$3" 2>&1) && { fail "is no error: $3: $got"; return; }
  [[ $got == *"ERROR:  $1: "*"$2"* ]] && echo "ok: refused: $2" || fail "$3: expected $1 $2, got $got"
}

n=200000
sql -c "CREATE EXTENSION compute_divide" -c "CREATE TABLE record AS
  SELECT i, CASE WHEN i % 97 <> 0 THEN i * 7919 % 100 < 37 END AS yes, 'lab ' || i * 31 % 211 AS lab,
         date '2010-01-01' + (i * 13 % 5000)::int AS day,
         CASE WHEN i % 89 <> 0 THEN ((i * 104729 % 1000003 + 1) * (i * 13 % 5000 + 1))::float8 END AS value
  FROM generate_series(0, $n - 1::bigint) AS i" -c "ANALYZE record"

bits() { for x in "$@"; do printf "coalesce(encode(float8send((r).%s), 'hex'), '')," "$x"; done; }
estimate="$(bits value lower upper) (r).method, (r).n, (r).n_missing, (r).status"
trend="$(bits slope slope_lower slope_upper factor factor_lower factor_upper doubling_months doubling_lower \
  doubling_upper r_squared) (r).n, (r).n_missing, (r).status"
results="SELECT 'share', $estimate FROM (SELECT share(yes) AS r FROM record) AS s;
  SELECT 'clustered share', $estimate FROM (SELECT share(yes, lab) AS r FROM record) AS s;
  SELECT 'trend', $trend FROM (SELECT log_trend(day, value) AS r FROM record) AS s;
  SELECT 'clustered trend', $trend FROM (SELECT log_trend(day, value, lab) AS r FROM record) AS s;
  SELECT 'hhi', $estimate FROM (SELECT hhi(lab, value) AS r FROM record) AS s"
serial="SET max_parallel_workers_per_gather = 0"
parallel="SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
  SET min_parallel_table_scan_size = 0"
expected=$(./native results $n)
same "serial: the bits of the library" "$expected" "$(sql -c "$serial" -c "$results")"
same "two workers: the same bits" "$expected" "$(sql -c "$parallel" -c "$results")"
plan=$(sql -c "$parallel" -c "EXPLAIN (ANALYZE, COSTS OFF) SELECT share(yes), share(yes, lab), log_trend(day, value),
  log_trend(day, value, lab), hhi(lab, value) FROM record")
[[ $plan == *"Partial Aggregate"* && $plan == *"Workers Launched: 2"* ]] && echo "ok: two workers ran" || fail "no two workers: $plan"
same "without rows" "no_data|0|no_data|0|no_data|0|no_data|0|no_data" "$(sql -c "SELECT (a).status, (a).n, (b).status, (b).n, (c).status,
  (c).n, (d).status, (d).n, (e).status FROM (SELECT share(yes) AS a, share(yes, lab) AS b, log_trend(day, value) AS c,
  log_trend(day, value, lab) AS d, hhi(lab, value) AS e FROM record WHERE i < 0) AS s")"
same "only NULL" "no_data|3|no_data|3|no_data|3" "$(sql -c "SELECT (a).status, (a).n_missing, (c).status, (c).n_missing,
  (e).status, (e).n_missing FROM (SELECT share(NULL) AS a, log_trend(NULL::date, NULL) AS c, hhi(NULL, NULL) AS e
  FROM generate_series(1, 3)) AS s" | sed 's/no_data|$/no_data|3/')"
same "dates, timestamps and decimal years" "t|t" "$(sql -c "SELECT log_trend(day, value) = log_trend(day::timestamp, value),
  abs((log_trend(day, value)).slope / (log_trend(extract(year FROM day) + (extract(doy FROM day) - 1) /
  (CASE WHEN extract(year FROM day)::int % 4 = 0 THEN 366 ELSE 365 END), value)).slope - 1) < 1e-12 FROM record")"
same "regr_slope, to its own digits" t "$(sql -c "SELECT abs((log_trend(day, value)).slope /
  (365.25 * regr_slope(log(value), day - date '2010-01-01')) - 1) < 1e-9 FROM record")"
same "windows" 300 "$(sql -c "SELECT count(*) FROM (SELECT i, (share(yes) OVER (ORDER BY i)).n AS n,
  count(yes) OVER (ORDER BY i) AS m FROM record WHERE i < 300) AS s WHERE n = m")"

# States as bytes: of SQL's and the library's own, merged on either side.
half=$((n / 2))
./native state 0 $half >first
share_state=$(sed -n 1p first) trend_state=$(sed -n 2p first)
expected=$(grep -E '^(clustered share|trend)' <<<"$expected")
same "a state of the library's merged in SQL" "$expected" "$(sql <<SQL
SELECT 'clustered share', $estimate FROM (SELECT share_result(share_merge(state)) AS r FROM (
  SELECT '\\x$share_state'::bytea AS state UNION ALL SELECT NULL UNION ALL
  SELECT share_state(yes, lab) FROM record WHERE i >= $half) AS states) AS s;
SELECT 'trend', $trend FROM (SELECT log_trend_result(log_trend_merge(state)) AS r FROM (
  SELECT '\\x$trend_state'::bytea AS state UNION ALL
  SELECT log_trend_state(day, value) FROM record WHERE i >= $half GROUP BY i % 7) AS states) AS s;
SQL
)"
sql -c "SELECT encode(share_state(yes, lab), 'hex') FROM record WHERE i < $half" \
  -c "SELECT encode(log_trend_state(day, value), 'hex') FROM record WHERE i < $half" >of_sql
same "a state of SQL's merged by the library" "$expected" "$(./native merge $half $n <of_sql)"
same "equal counts have equal bytes" "t|t" "$(sql -c "$parallel" -c "SELECT share_state(yes) = (SELECT share_merge(s) FROM (
  SELECT share_state(yes) AS s FROM record GROUP BY i % 11) AS parts), log_trend_state(day, value) = (SELECT log_trend_merge(s)
  FROM (SELECT log_trend_state(day, value) AS s FROM record GROUP BY i % 13) AS parts) FROM record")"
same "other levels and measures" "clopper_pearson|0.9|0.8|t" "$(sql -c "SELECT (share_result(share_state(yes), 0.9, 'clopper_pearson')).method,
  (share_result(share_state(yes), level => 0.9)).level, (log_trend_result(log_trend_state(day, value), 0.8)).level,
  (owners_result(owners_state(lab, value), 'gini')).value BETWEEN 0 AND 1 FROM record")"

# 400,000 groups in a megabyte: spilled, and the same as by sorting.
groups() { echo "SELECT md5(string_agg(s::text, '' ORDER BY g)) FROM (SELECT i * 2 + k AS g, share(yes) AS a, log_trend(day, value) AS b,
  share(yes, lab) AS c, hhi(lab, value) AS d FROM record, generate_series(0, 1) AS k GROUP BY i * 2 + k) AS s"; }
spill="$serial; SET work_mem = '1MB'; SET enable_sort = off"
plan=$(sql -c "$spill" -c "EXPLAIN (ANALYZE, COSTS OFF) SELECT i * 2 + k, share(yes), log_trend(day, value), share(yes, lab), hhi(lab, value)
  FROM record, generate_series(0, 1) AS k GROUP BY i * 2 + k")
[[ $plan == *HashAggregate* && $plan == *"Disk Usage"* && $plan == *"rows=400000"* ]] && echo "ok: 400,000 groups were spilled" || fail "nothing was spilled: $plan"
sorted=$(sql -c "$serial; SET work_mem = '64MB'; SET enable_hashagg = off" -c "$(groups)")
memory="SELECT pg_backend_pid() AS pid \\gset
\\setenv PID :pid
\\! awk '/VmRSS/ { print \$2 }' /proc/\$PID/status"
spilled=$(printf '%s;\n' "$spill" "$(groups)" "$memory" "$(groups)" "$(groups)" "$(groups)" "$memory" | sed 's/status;$/status/' | sql -f -)
same "400,000 groups: spilled as sorted" "$(printf '%s\n' "$sorted" "$sorted" "$sorted" "$sorted")" "$(grep -vE '^[0-9]+$' <<<"$spilled")"
first=$(grep -E '^[0-9]+$' <<<"$spilled" | head -1) last=$(grep -E '^[0-9]+$' <<<"$spilled" | tail -1)
[ "$last" -lt $((first * 2)) ] && echo "ok: memory of states is given back ($first kB, $last kB)" || fail "memory grows from $first to $last kB"

# Texts.
cat >texts <<'TEXTS'
FAIR, Menlo Park; Inria Paris
Department of Computer Science, University of Oxford, Oxford, UK
Independent Researcher
Université de Montréal, Québec
OpenAI
asdf qwer
Google DeepMind, London & ETH Zürich
TEXTS
sql -c "CREATE TABLE said(number serial, text text)"
sed 's/\\/\\\\/g' texts | sql -c "COPY said(text) FROM STDIN"
classified="SELECT coalesce((a).name, ''), coalesce((a).type, ''), coalesce((a).country, ''), (a).sectors::text,
  coalesce(encode(float8send((a).confidence), 'hex'), '') FROM (SELECT number, classify_affiliation(text) AS a FROM said) AS s ORDER BY number"
same "classify_affiliation" "$(./native texts <texts)" "$(sql -c "$classified")"
same "classify_affiliation, two workers" "$(./native texts <texts)" "$(sql -c "$parallel; SET parallel_leader_participation = off" -c "$classified")"
same "institutions_of" "Meta|company|industry
Inria|facility|facility" "$(sql -c "SELECT name, type, sector FROM institutions_of('FAIR, Menlo Park; Inria Paris')")"
same "team_of" "collaboration|academia_only|unknown|unknown" "$(sql -c "SELECT team_of(ARRAY['MIT', 'Google']), team_of(ARRAY['MIT', NULL]),
  team_of(ARRAY[NULL]::text[]), team_of('{}')")"
same "read_hardware" "NVIDIA A100|512|288|training" "$(sql -c "SELECT chip, count, hours, use
  FROM read_hardware('We trained on 64 nodes with 8 A100s each for 12 days')")"
same "NULL and empty texts" "t|t|0|0|{unknown}" "$(sql -c "SELECT classify_affiliation(NULL) IS NULL, team_of(NULL) IS NULL,
  (SELECT count(*) FROM read_hardware(NULL)), (SELECT count(*) FROM institutions_of('')), (classify_affiliation('')).sectors")"
sql -c "CREATE DATABASE latin ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
montreal="SELECT (classify_affiliation('Université de Montréal, Québec')).name"
same "another encoding" "$(sql -c "$montreal")" "$(sql -d latin -c "SET client_encoding = 'UTF8'" -c "CREATE EXTENSION compute_divide" -c "$montreal")"

# Errors are SQL's own.
refused 22023 "a finite value > 0, got -1" "SELECT log_trend(date '2020-01-01', -1)"
refused 22023 "a finite value > 0, got inf" "SELECT log_trend(2020, 'infinity')"
refused 22008 "a finite date is required, got -infinity" "SELECT log_trend('-infinity'::date, 1)"
refused 22023 "a date in the years" "SELECT log_trend(date '40000-01-01', 1)"
refused 22023 "finite amounts >= 0, got -2" "SELECT hhi('a', -2)"
refused 22P03 "a state of a share is required" "SELECT share_merge(s) FROM (SELECT log_trend_state(2020, 1) AS s) AS t"
refused 22P03 "a state of a log-trend is required" "SELECT log_trend_result('\\x00')"
refused 22P03 "damaged or cut short" "SELECT share_result(set_byte(share_state(true), 40, 7))"
refused 22P03 "damaged or cut short" "SELECT log_trend_result(substr(log_trend_state(2020, 1), 1, 100))"
refused 42804 "states of two kinds cannot be one" "SELECT share_merge(s) FROM (SELECT share_state(true) AS s UNION ALL SELECT share_state(true, 'a')) AS t"
refused 22023 "one of wilson, " "SELECT share_result(share_state(true), 0.95, 'wilsom')"
refused 22023 "level" "SELECT share_result(share_state(true), 95)"
refused 22023 "one of hhi" "SELECT owners_result(owners_state('a', 1), 'ginni')"
refused 22023 "at most 1048576 bytes" "SELECT classify_affiliation(repeat('a', 2000000))"
refused 42883 "does not exist" "SELECT share('a', 'b', 'c')"
refused 42846 "cannot cast" "SELECT share_add(''::internal, true)"
# The statement's own end, in a loop of the executor's and in one of the library's.
refused 57014 "statement timeout" "SET statement_timeout = 200; SELECT share(i % 3 = 0, (i % 1000)::text) FROM generate_series(1, 1000000000) AS i"
refused 57014 "statement timeout" "SET statement_timeout = 300; SELECT count(*) FROM read_hardware(repeat('We trained on 8 A100 GPUs for 3 days. ', 3000000))"
leaks=$({ sql -v ON_ERROR_STOP=0 -f - 2>/dev/null || true; } <<SQL
SET max_parallel_workers_per_gather = 0;  -- so that this process does all of it, each time
$(for _ in $(seq 3); do echo "SELECT hhi(lab || i, CASE WHEN i < 199999 THEN 1 ELSE -1 END) FROM record;"; done)
$memory
$(for _ in $(seq 12); do echo "SELECT hhi(lab || i, CASE WHEN i < 199999 THEN 1 ELSE -1 END) FROM record;"; done)
$memory
SQL
)
first=$(head -1 <<<"$leaks") last=$(tail -1 <<<"$leaks")
[ "$last" -lt $((first * 2)) ] && echo "ok: states of failed statements are given back ($first kB, $last kB)" || fail "failed statements leak: $first to $last kB"
same "the server lived" "1" "$(sql -c "SELECT 1")"
! grep -E "terminated by signal|PANIC|server process .* exited" log || fail "a server process ended"

if [ "${1:-}" = --times ]; then
  sql -c "CREATE TABLE million AS SELECT i, yes, lab, day, log(value) AS log, value, (day - date '2010-01-01')::float8 AS days FROM record, generate_series(1, 5)" \
    -c "VACUUM ANALYZE million" -c "SELECT count(*) FROM million" >/dev/null
  time_of() { # SETTINGS EXPRESSION: milliseconds, best of 7
    { echo "$1;"; echo '\timing on'; for _ in 1 2 3 4 5 6 7; do echo "SELECT $2 FROM million;"; done; } | sql -f - |
      awk '/^Time:/ { if (!best || $2 < best) best = $2 } END { print best }'
  }
  one="$parallel; SET max_parallel_workers_per_gather = 1"
  echo "milliseconds of a million rows, best of 7: serial, leader and one worker"
  for expression in "count(*) FILTER (WHERE yes)" "count(*) FILTER (WHERE yes), count(yes)" "share(yes)" "share(yes, lab)" \
    "regr_slope(log, days)" "regr_slope(log(value), day - date '2010-01-01')" "log_trend(day, value)" "log_trend(day, value, lab)" "hhi(lab, value)"; do
    printf '%-62s %8s %8s\n' "$expression" "$(time_of "$serial" "$expression")" "$(time_of "$one" "$expression")"
  done
fi
[ $failed = 0 ] && echo "postgresql: all as expected"
exit $failed
